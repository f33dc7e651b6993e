import type { OutputOf, ParsedInputOf, Progress } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { expiryMs } from '../../tokens/lifetime.ts';
import { searchAll, tokenFilterOf } from './tokenQueries.ts';
import { tokenView } from './tokenView.ts';

type Method = MethodOf<'tokens.expiries'>;
type Expires = OutputOf<Method>['items'][number]['expires'];

/** Tokens that expire in the same second. */
interface Group {
  readonly expires: Expires;
  /** The last one. */
  readonly expiresAtMs: number;
  readonly count: number;
  /** The newest one. */
  readonly row: TokenRow;
}

/** A row needs its refresh token: a step takes a few milliseconds. */
const rowsPerStep = 500;

/**
 * The next expiries of ACTIVE tokens and their refresh tokens, at the current token time, soonest first. Those of one second are one
 * entry. Throws `not_found`.
 */
export function* nextExpiries(
  ports: Ports,
  { limit, ...selection }: ParsedInputOf<Method>,
): Generator<Progress, OutputOf<Method>, void> {
  const { tokens, refreshTokens } = ports.store;
  const nowMs = ports.clock.tokenTimeMs() - ports.store.settings.read().skewSeconds * 1000;
  const filter = { ...tokenFilterOf(ports, selection), state: 'ACTIVE' as const };
  const groups = new Map<string, Group>();

  const add = (expires: Expires, atMs: number | null, row: TokenRow): void => {
    if (atMs === null || atMs <= nowMs) return;
    const key = `${expires} ${Math.floor(atMs / 1000)}`;
    const { count, expiresAtMs, row: newest } = groups.get(key) ?? { count: 0, expiresAtMs: atMs, row };
    groups.set(key, { expires, expiresAtMs: Math.max(expiresAtMs, atMs), count: count + 1, row: newest });
  };

  yield* searchAll(ports, undefined, (beforeId) => {
    const { found, olderThanId } = tokens.list({ ...filter, beforeId }, rowsPerStep);
    for (const row of found) {
      add('access_token', expiryMs(row), row);
      const refreshToken = row.refreshTokenId === null ? undefined : refreshTokens.byId(row.refreshTokenId);
      if (refreshToken !== undefined) add('refresh_token', expiryMs(refreshToken), row);
    }
    return { found: undefined, olderThanId };
  });

  const sorted = [...groups.values()].sort((a, b) => a.expiresAtMs - b.expiresAtMs);
  return {
    items: sorted.slice(0, limit).map(({ expires, expiresAtMs, count, row }) => {
      const { id, application, keyType, user, device } = tokenView(ports, row);
      return { expiresAtMs, expires, count, id, application, keyType, user, ...(device !== undefined && { device }) };
    }),
    later: Math.max(0, sorted.length - limit),
  };
}
