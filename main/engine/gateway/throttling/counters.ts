import { windowStart } from './window.ts';

/** Where a counter counts. */
export type CounterLevel = 'application' | 'subscription' | 'burst' | 'api' | 'resource';

/** What a counter counts, and up to where. */
export interface Quota {
  readonly level: CounterLevel;
  readonly tierId: number;
  readonly tier: string;
  readonly limit: number;
  readonly lengthMs: number;
  readonly counts: 'requests' | 'bytes';
}

/** A count in one window, by real time. */
export interface Counter {
  readonly quota: Quota;
  /** The application, API or resource, and the user, in words. */
  readonly of: string;
  readonly startMs: number;
  readonly endMs: number;
  count: number;
}

/** Counters in memory. */
export interface Counters {
  /** The counter of a key in the current window. Another quota than before starts a new one. */
  current(key: string, quota: Quota, of: () => string, atMs: number): Counter;
  /** All counters of the current windows, except those at zero. */
  list(atMs: number): readonly Counter[];
  /** Removes all, and returns how many had counted in a current window. */
  reset(atMs: number): number;
}

/** A client chooses users and addresses, so counters are bounded. The one with the oldest window is dropped. */
const maxCounters = 100_000;

const isSame = (a: Quota, b: Quota): boolean =>
  a === b || (a.tierId === b.tierId && a.limit === b.limit && a.lengthMs === b.lengthMs && a.counts === b.counts);

export const createCounters = (): Counters => {
  /** In the order of their windows' starts. */
  const all = new Map<string, Counter>();

  const isCurrent = ({ startMs, endMs, count }: Counter, atMs: number): boolean =>
    count > 0 && startMs <= atMs && atMs < endMs;

  const makeRoom = (): void => {
    for (const key of all.keys()) {
      if (all.size < maxCounters) return;
      all.delete(key);
    }
  };

  return {
    current(key, quota, of, atMs) {
      const known = all.get(key);
      const startMs = windowStart(atMs, quota.lengthMs);
      if (known?.startMs === startMs && isSame(known.quota, quota)) return known;
      all.delete(key);
      makeRoom();
      const counter: Counter = { quota, of: of(), startMs, endMs: startMs + quota.lengthMs, count: 0 };
      all.set(key, counter);
      return counter;
    },
    list: (atMs) => [...all.values()].filter((counter) => isCurrent(counter, atMs)),
    reset(atMs) {
      let count = 0;
      for (const counter of all.values()) if (isCurrent(counter, atMs)) count += 1;
      all.clear();
      return count;
    },
  };
};
