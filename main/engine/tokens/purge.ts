import type { Progress } from '../../../preload/contract/define.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenFilter } from '../ports/store/tokenFilter.ts';
import type { TokenRow } from '../ports/store/tokens.ts';
import { expiryThresholdMs, remainingMs } from './lifetime.ts';
import { isRemembered } from './refresh.ts';
import { tokensChanged } from './retire.ts';

const dayMs = 86_400_000;

/**
 * Whether a retired token can be deleted. It stays while its refresh token works. The earlier of token time and real
 * time decides, because the clock may be moved ahead for a short test.
 */
const isPurgeable = (ports: Ports, row: TokenRow): boolean => {
  if (row.state !== 'EXPIRED' || row.refreshTokenId === null) return true;
  const refresh = ports.store.refreshTokens.byId(row.refreshTokenId);
  if (refresh?.tokenId !== row.id) return true;
  const atMs = Math.min(ports.clock.tokenTimeMs(), ports.clock.realTimeMs());
  return remainingMs(ports, refresh, atMs) <= expiryThresholdMs || !isRemembered(ports, row);
};

/** Yields batches of purgeable tokens: those that match the filter and were retired at least that many days ago. */
function* purgeableBatches(
  ports: Ports,
  filter: TokenFilter,
  olderThanDays: number,
): Generator<{ readonly ids: readonly number[]; readonly progress: Progress }, void, void> {
  const { tokens } = ports.store;
  const untilMs = ports.clock.realTimeMs() - olderThanDays * dayMs;
  const total = tokens.newestPlace();
  for (let place: number | undefined = 0; place !== undefined; ) {
    const page: ReturnType<typeof tokens.retired> = tokens.retired(filter, untilMs, place);
    const rows = page.ids.map((id) => tokens.byId(id)).filter((row) => row !== undefined);
    place = page.nextPlace;
    const ids = rows.filter((row) => isPurgeable(ports, row)).map(({ id }) => id);
    yield { ids, progress: { done: Math.min(place ?? total, total), total } };
  }
}

/** Counts the tokens that {@link purgeTokens} would delete, in short steps. */
export function* countPurgeable(
  ports: Ports,
  filter: TokenFilter,
  olderThanDays: number,
): Generator<Progress, number, void> {
  let count = 0;
  for (const { ids, progress } of purgeableBatches(ports, filter, olderThanDays)) {
    count += ids.length;
    yield progress;
  }
  return count;
}

/**
 * Deletes retired tokens for good, then the scope sets that no token has. Returns the number of tokens. Run each step in
 * its own transaction.
 */
export function* purgeTokens(
  ports: Ports,
  filter: TokenFilter,
  olderThanDays: number,
): Generator<Progress, number, void> {
  let purged = 0;
  for (const { ids, progress } of purgeableBatches(ports, filter, olderThanDays)) {
    if (ids.length > 0) {
      ports.store.tokens.purge(ids);
      tokensChanged(ports, ids);
      purged += ids.length;
    }
    yield progress;
  }
  while (!ports.store.tokens.dropUnusedScopeSets()) yield { done: 1, total: 1 };
  return purged;
}

/** Deletes the tokens that were retired longer ago than `retiredTokensKeptDays`; none while it is not set. */
export function* purgeByAge(ports: Ports): Generator<Progress, void, void> {
  const { retiredTokensKeptDays } = ports.store.settings.read();
  if (retiredTokensKeptDays !== null) yield* purgeTokens(ports, {}, retiredTokensKeptDays);
}
