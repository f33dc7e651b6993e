import type { Ports } from '../../ports/ports.ts';
import type { SubscriptionRow } from '../../ports/store/subscriptions.ts';
import type { TierRow } from '../../ports/store/tiers.ts';
import type { CompiledApi } from '../matching/match.ts';
import type { CompiledResource } from '../matching/resources.ts';
import { type Counter, type CounterLevel, createCounters, type Quota } from './counters.ts';
import { windowMs } from './window.ts';

/** A request that passed authentication, as throttling sees it. */
export interface Throttled {
  readonly api: CompiledApi;
  readonly resource: CompiledResource;
  /** Undefined for a request without a token: then `user` is the client's address. */
  readonly application: { readonly id: number; readonly name: string; readonly tier: string } | undefined;
  readonly user: string;
  /** Those that the application may use, oldest first; empty for an open API. */
  readonly subscriptions: readonly SubscriptionRow[];
  /** Of the body, in bytes. */
  readonly contentLength: number;
}

/** A full counter. The code is that of its level (gateway reference 4.4). */
export interface OverQuota {
  readonly code: 900800 | 900802 | 900803 | 900804 | 900807;
  readonly counter: Counter;
}

/** Counts requests by tier. */
export interface Throttle {
  /**
   * Checks the quotas in the order of gateway reference 4.3, and counts the request if it passes. Returns the tier of
   * the subscription that it counted, or the full counter.
   */
  admit(request: Throttled): string | OverQuota;
  /** The counters of the current windows, the fullest first. */
  counters(): readonly Counter[];
  /** Sets all counters to zero, and returns their number. */
  reset(): number;
}

const unlimited = 'Unlimited';
/** The tier of requests without a token (gateway reference 2.4). */
const unauthenticated = 'Unauthenticated';

const codes = { api: 900800, resource: 900802, subscription: 900804, burst: 900807, application: 900803 } as const;

interface Quotas {
  readonly quota: Quota | undefined;
  readonly burst: Quota | undefined;
}

/** Of each tier row, which stays the same object until it is written. */
const quotasOf = new WeakMap<TierRow, Map<CounterLevel, Quotas>>();

const buildQuotas = (row: TierRow, level: CounterLevel): Quotas => {
  const base = { tierId: row.id, tier: row.name } as const;
  return {
    quota:
      row.limit === null
        ? undefined
        : { ...base, level, limit: row.limit, lengthMs: windowMs(row), counts: row.counts },
    burst:
      level !== 'subscription' || row.burstLimit === null
        ? undefined
        : { ...base, level: 'burst', limit: row.burstLimit, lengthMs: row.burstSeconds * 1000, counts: 'requests' },
  };
};

const quotasAt = (row: TierRow, level: CounterLevel): Quotas => {
  const known = quotasOf.get(row);
  const found = known?.get(level);
  if (found !== undefined) return found;
  const built = buildQuotas(row, level);
  quotasOf.set(row, (known ?? new Map()).set(level, built));
  return built;
};

/** The subscription tier that a request counts at. */
interface Chosen {
  readonly tier: string;
  readonly quota: Counter | undefined;
  readonly burst: Counter | undefined;
  /** Whether the quota is full and the tier lets the request pass. */
  readonly isExceeded: boolean;
}

const isFull = ({ count, quota }: Counter): boolean => count >= quota.limit;

const over = (counter: Counter): OverQuota => ({ code: codes[counter.quota.level], counter });

/** Creates the counters of one process. They start at zero, and follow real time. */
export const createThrottle = ({ store, clock }: Pick<Ports, 'store' | 'clock'>): Throttle => {
  const all = createCounters();

  /** The counter of an API or resource; undefined if it is unlimited. */
  const advanced = (
    { api, resource, user }: Throttled,
    atMs: number,
  ): { tier: TierRow; counter: Counter } | undefined => {
    const ofApi = api.row.tier !== unlimited;
    const tier = store.tiers.byName('advanced', ofApi ? api.row.tier : resource.row.tier);
    if (tier === undefined) return undefined;
    const { quota } = quotasAt(tier, ofApi ? 'api' : 'resource');
    if (quota === undefined) return undefined;
    const subject = ofApi ? api.basePath : resource.key;
    const key = tier.perUser ? `${subject}_${user}` : subject;
    const of = () => {
      const words = ofApi ? api.label : `${resource.row.verb} ${api.label}${resource.row.template}`;
      return tier.perUser ? `${words}, ${user}` : words;
    };
    return { tier, counter: all.current(`${quota.level} ${key}`, quota, of, atMs) };
  };

  /** The counters of one subscription at a tier: its quota, and its burst control. */
  const subscribed = ({ api, application, user }: Throttled, tierName: string, atMs: number) => {
    const tier = store.tiers.byName('subscription', tierName);
    if (tier === undefined) return undefined;
    const { quota, burst } = quotasAt(tier, 'subscription');
    if (quota === undefined && burst === undefined) return undefined;
    const key = `${application?.id ?? `address ${user}`}:${api.basePath}:${tierName}`;
    const of = () => `${application?.name ?? user}, ${api.label}`;
    return {
      stops: tier.stopOnQuota,
      quota: quota && all.current(`subscription ${key}`, quota, of, atMs),
      burst: burst && all.current(`burst ${key}`, burst, of, atMs),
    };
  };

  /** The counters that a request at this subscription tier counts in, or the full one that refuses it. */
  const atTier = (request: Throttled, tier: string, atMs: number): Chosen | Counter => {
    const counters = subscribed(request, tier, atMs);
    if (counters === undefined) return { tier, quota: undefined, burst: undefined, isExceeded: false };
    const { quota, burst, stops } = counters;
    if (quota !== undefined && isFull(quota)) {
      return stops ? quota : { tier, quota, burst: undefined, isExceeded: true };
    }
    return burst !== undefined && isFull(burst) ? burst : { tier, quota, burst, isExceeded: false };
  };

  /** The first subscription with quota left; else the full counter whose window ends first. */
  const choose = (request: Throttled, atMs: number): Chosen | Counter => {
    const { application, subscriptions } = request;
    const [first] = subscriptions;
    if (first === undefined) return atTier(request, application === undefined ? unauthenticated : unlimited, atMs);
    let chosen = atTier(request, first.tier, atMs);
    for (let at = 1; at < subscriptions.length && 'endMs' in chosen; at++) {
      const next = atTier(request, subscriptions[at]?.tier ?? unlimited, atMs);
      if (!('endMs' in next) || next.endMs < chosen.endMs) chosen = next;
    }
    return chosen;
  };

  const applicationCounter = ({ application, user }: Throttled, atMs: number) => {
    const tier = application && store.tiers.byName('application', application.tier);
    const quota = tier && quotasAt(tier, 'application').quota;
    if (tier === undefined || quota === undefined) return undefined;
    const of = () => `${application?.name}, ${user}`;
    return { tier, counter: all.current(`application ${application?.id}:${user}`, quota, of, atMs) };
  };

  const add = (counter: Counter | undefined, contentLength: number): void => {
    if (counter !== undefined) counter.count += counter.quota.counts === 'bytes' ? contentLength : 1;
  };

  return {
    admit(request) {
      const atMs = clock.realTimeMs();
      const { contentLength } = request;
      const first = advanced(request, atMs);
      if (first?.tier.stopOnQuota && isFull(first.counter)) return over(first.counter);
      const chosen = choose(request, atMs);
      if ('endMs' in chosen) return over(chosen);
      // Over the quota of a subscription that does not stop, the application is neither checked nor counted.
      const application = chosen.isExceeded ? undefined : applicationCounter(request, atMs);
      if (application?.tier.stopOnQuota && isFull(application.counter)) return over(application.counter);
      add(first?.counter, contentLength);
      add(chosen.quota, contentLength);
      add(chosen.burst, contentLength);
      add(application?.counter, contentLength);
      return chosen.tier;
    },
    counters() {
      const fullness = ({ count, quota }: Counter) => count / quota.limit;
      return all.list(clock.realTimeMs()).toSorted((a, b) => fullness(b) - fullness(a));
    },
    reset: () => all.reset(clock.realTimeMs()),
  };
};
