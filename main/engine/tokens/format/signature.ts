import type { Ports } from '../../ports/ports.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { expiryMs } from '../lifetime.ts';

/**
 * Until when a verifier that only checks the signature accepts a token, whatever happened to its row: the `exp` of the
 * JWT, in token time. `null`: forever. Undefined for an opaque token.
 */
export const signatureGoodUntilMs = ({ store }: Ports, row: TokenRow): number | null | undefined => {
  if (row.format === 'opaque') return undefined;
  // An expiry that was set by hand changed the row, and not the JWT.
  const set = store.tokens.history(row.id).find(({ reason }) => reason.rule === 'expiry_set');
  const secondsLeft = set?.reason.candidate?.secondsLeft;
  if (set === undefined || secondsLeft === undefined) return expiryMs(row);
  return secondsLeft === null ? null : set.atMs + (secondsLeft - store.settings.read().skewSeconds) * 1000;
};

/** Whether such a verifier accepts a token at this token time, by the result of {@link signatureGoodUntilMs}. */
export const isGoodAt = (untilMs: number | null | undefined, atMs: number): boolean =>
  untilMs === null || (untilMs !== undefined && untilMs > atMs);
