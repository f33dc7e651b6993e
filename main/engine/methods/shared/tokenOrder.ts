import type { OutputOf, Progress } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { TokenOrder } from '../../../../preload/contract/tokenFilter.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import type { Ports } from '../../ports/ports.ts';
import type { PlacedToken, TokenFilter } from '../../ports/store/tokenFilter.ts';
import { searchAll } from './tokenQueries.ts';

const idsPerStep = 20_000;

/**
 * When each token was last used, by the request log: calls of APIs, introspection and userinfo that succeeded. Real time.
 * The log has the newest 5,000 requests, so it can lack a use.
 */
export function loggedUses({ endpoint }: Ports): ReadonlyMap<number, number> {
  const uses = new Map<number, number>();
  for (const { tokenId, api, path, status, atMs } of endpoint.requests.rows()) {
    const isUse = status < 400 && (api !== undefined || /\/(?:introspect|userinfo)$/.test(path));
    if (tokenId !== undefined && isUse && !uses.has(tokenId)) uses.set(tokenId, atMs);
  }
  return uses;
}

/** Adds when a token was last used, if that is known. */
export function withLastUse(token: Token, uses: ReadonlyMap<number, number>): Token {
  const lastUsedAtMs = Math.max(token.lastReusedAtMs ?? 0, uses.get(token.id) ?? 0);
  return lastUsedAtMs === 0 ? token : { ...token, lastUsedAtMs };
}

const comesFirst = (one: PlacedToken, other: PlacedToken): boolean =>
  one.at === other.at ? one.id > other.id : one.at > other.at;

const compare = (one: PlacedToken, other: PlacedToken): number => (comesFirst(one, other) ? -1 : 1);

/** Merges two sorted lists. */
function merge(one: readonly PlacedToken[], other: readonly PlacedToken[]): readonly PlacedToken[] {
  const [last, first] = [one.at(-1), other[0]];
  // Usual where older tokens expire earlier.
  if (last === undefined || first === undefined || comesFirst(last, first)) return one.concat(other);
  const merged: PlacedToken[] = [];
  let [left, right] = [0, 0];
  for (;;) {
    const [a, b] = [one[left], other[right]];
    if (a === undefined) return merged.concat(other.slice(right));
    if (b === undefined) return merged.concat(one.slice(left));
    const isLeft = comesFirst(a, b);
    if (isLeft) left += 1;
    else right += 1;
    merged.push(isLeft ? a : b);
  }
}

/**
 * Gives the ids of all matching tokens in an order. The order by issue is that of the rows, and free. Any other reads
 * every matching row, and sorts it in short steps.
 */
export function* orderedIds(
  ports: Ports,
  filter: TokenFilter,
  { order, ascending }: TokenOrder,
): Generator<Progress, OutputOf<MethodOf<'tokens.ids'>>, void> {
  const { tokens } = ports.store;
  if (order === 'issued') {
    const pages = yield* searchAll(ports, undefined, (beforeId) => tokens.ids({ ...filter, beforeId }, idsPerStep));
    const ids = pages.flat();
    return { ids: ascending ? ids.reverse() : ids };
  }
  const uses = order === 'lastUsed' ? loggedUses(ports) : new Map<number, number>();
  let sorted: readonly PlacedToken[] = [];
  yield* searchAll(ports, undefined, (beforeId) => {
    const { found, olderThanId } = tokens.placed({ ...filter, beforeId }, order, idsPerStep);
    const placed = uses.size === 0 ? found : found.map(({ id, at }) => ({ id, at: Math.max(at, uses.get(id) ?? 0) }));
    sorted = merge(sorted, placed.toSorted(compare));
    return { found: undefined, olderThanId };
  });
  const ids = sorted.map(({ id }) => id);
  return { ids: ascending ? ids.reverse() : ids };
}
