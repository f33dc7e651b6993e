import type { Progress } from '../../../preload/contract/define.ts';
import { isRemembered } from '../oauth/grants/refreshToken.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenFilter } from '../ports/tokenFilter.ts';
import type { TokenRow } from '../ports/tokenStore.ts';
import { expiryThresholdMs, remainingMs } from './lifetime.ts';
import { tokensChanged } from './retire.ts';

const dayMs = 86_400_000;

/**
 * Whether a retired token may go. It stays while its refresh token works, at the earlier of both times: the clock may be
 * moved ahead for a moment.
 */
const isPurgeable = (ports: Ports, row: TokenRow): boolean => {
  if (row.state !== 'EXPIRED' || row.refreshTokenId === null) return true;
  const refresh = ports.store.refreshTokens.byId(row.refreshTokenId);
  if (refresh?.tokenId !== row.id) return true;
  const atMs = Math.min(ports.clock.tokenTimeMs(), ports.clock.realTimeMs());
  return remainingMs(ports, refresh, atMs) <= expiryThresholdMs || !isRemembered(ports, row);
};

/** The tokens of a filter that were retired so many days ago, or longer, and may go; some at a time, with how far it is. */
function* purgeable(
  ports: Ports,
  filter: TokenFilter,
  olderThanDays: number,
): Generator<{ readonly ids: readonly number[]; readonly looked: Progress }, void, void> {
  const { tokens } = ports.store;
  const untilMs = ports.clock.realTimeMs() - olderThanDays * dayMs;
  const total = tokens.newestPlace();
  for (let place: number | undefined = 0; place !== undefined; ) {
    const page: ReturnType<typeof tokens.retired> = tokens.retired(filter, untilMs, place);
    const rows = page.ids.map((id) => tokens.byId(id)).filter((row) => row !== undefined);
    place = page.nextPlace;
    const ids = rows.filter((row) => isPurgeable(ports, row)).map(({ id }) => id);
    yield { ids, looked: { done: Math.min(place ?? total, total), total } };
  }
}

/** Counts what {@link purgeTokens} would delete, in steps that hold up nobody. */
export function* countPurgeable(
  ports: Ports,
  filter: TokenFilter,
  olderThanDays: number,
): Generator<Progress, number, void> {
  let count = 0;
  for (const { ids, looked } of purgeable(ports, filter, olderThanDays)) {
    count += ids.length;
    yield looked;
  }
  return count;
}

/** Deletes retired tokens for good, in steps, each to be a transaction; gives how many. */
export function* purgeTokens(
  ports: Ports,
  filter: TokenFilter,
  olderThanDays: number,
): Generator<Progress, number, void> {
  let purged = 0;
  for (const { ids, looked } of purgeable(ports, filter, olderThanDays)) {
    if (ids.length > 0) {
      ports.store.tokens.purge(ids);
      tokensChanged(ports, ids);
      purged += ids.length;
    }
    yield looked;
  }
  return purged;
}

/** Deletes what the setting says is kept for long enough; nothing unless it is set. */
export function* purgeByAge(ports: Ports): Generator<Progress, void, void> {
  const { retiredTokensKeptDays } = ports.store.settings.read();
  if (retiredTokensKeptDays !== null) yield* purgeTokens(ports, {}, retiredTokensKeptDays);
}
