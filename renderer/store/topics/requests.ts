import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';

/** The request log, while a screen follows it. */
export interface RequestsSlice {
  /** Newest first. `undefined` until first read. */
  readonly rows: readonly LoggedRequest[] | undefined;
  readonly error: KeyfobError | undefined;
  /** Reads the log and adds new requests as they arrive. Gives the function that stops this. */
  follow(): () => void;
  /** Hides the current requests. */
  clear(): void;
}

/** The log keeps as many. */
const mostRows = 5000;
/** Requests come in bursts. They are added once per this time. */
const gatherMs = 120;

/**
 * Adds newer requests to the rows. All requests of a foreign site share one row, so a newer one replaces the older.
 * Requests that the first read already gave are skipped.
 */
export function withNewer(rows: readonly LoggedRequest[], newer: readonly LoggedRequest[]): readonly LoggedRequest[] {
  const known = rows[0]?.sequence ?? 0;
  const added = newer.filter(({ sequence }) => sequence > known).toReversed();
  const sites = new Set<string>();
  const isNewest = ({ foreignSite }: LoggedRequest) => {
    if (foreignSite === undefined) return true;
    const isFirst = !sites.has(foreignSite);
    sites.add(foreignSite);
    return isFirst;
  };
  return added.length === 0 ? rows : [...added, ...rows].filter(isNewest).slice(0, mostRows);
}

export const requestsSlice: MakeSlice<RequestsSlice> = ({ host, get, set }) => {
  let followers = 0;
  let heard: LoggedRequest[] = [];
  let gathering = false;
  let clearedUpTo = 0;
  /** Answers to earlier reads are discarded. */
  let round = 0;

  const flush = () => {
    gathering = false;
    const { rows } = get();
    if (rows === undefined) return;
    const newer = heard;
    heard = [];
    set({ rows: withNewer(rows, newer) });
  };
  const gather = () => {
    if (!gathering) setTimeout(flush, gatherMs);
    gathering = true;
  };

  async function read(): Promise<void> {
    round += 1;
    const mine = round;
    try {
      const { items } = await host.call('endpoint.requests', { limit: 1000 });
      if (mine !== round) return;
      set({ rows: items.filter(({ sequence }) => sequence > clearedUpTo), error: undefined });
      gather();
    } catch (thrown) {
      if (mine === round) set({ error: asKeyfobError(thrown) });
    }
  }

  return {
    rows: undefined,
    error: undefined,
    follow() {
      followers += 1;
      if (followers === 1) void read();
      return () => {
        followers -= 1;
      };
    },
    clear() {
      clearedUpTo = get().rows?.[0]?.sequence ?? clearedUpTo;
      set({ rows: [] });
    },
    heard(event) {
      if (event.name !== 'endpoint.request' || followers === 0) return;
      heard.push(event.data);
      gather();
    },
    connected() {
      if (followers > 0) void read();
    },
    vaultChanged() {
      round += 1;
      heard = [];
      set({ rows: undefined, error: undefined });
      if (followers > 0) void read();
    },
  };
};
