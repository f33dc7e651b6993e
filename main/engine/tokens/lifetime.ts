import { type Client, isServed, livingClient } from '../clients/client.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/store/tokens.ts';

/** When a token was issued, and for how long; negative: never expires. */
export interface Lifetime {
  readonly issuedAtMs: number;
  readonly validityMs: number;
}

/** A request treats a token with this much left, or less, as expired (reference 2.2). */
export const expiryThresholdMs = 1000;

/** Converts a lifetime in seconds (negative: never expires) to the milliseconds that a row stores. */
export const toValidityMs = (validitySeconds: number): number => (validitySeconds < 0 ? -1 : validitySeconds * 1000);

/** Remaining time at this token time, including the skew (reference 2.4); `Infinity`: never expires. */
export const remainingMs = (ports: Pick<Ports, 'store'>, of: Lifetime, atMs: number): number =>
  of.validityMs < 0
    ? Number.POSITIVE_INFINITY
    : of.issuedAtMs + of.validityMs + ports.store.settings.read().skewSeconds * 1000 - atMs;

/** When it expires, without skew; `null`: never. */
export const expiryMs = (of: Lifetime): number | null => (of.validityMs < 0 ? null : of.issuedAtMs + of.validityMs);

/** Remaining milliseconds as seconds, the form that a reason stores; `null`: never expires. */
export const toSecondsLeft = (ms: number): number | null => (ms === Number.POSITIVE_INFINITY ? null : ms / 1000);

/** The client of a token that is valid now: ACTIVE, not expired, key set ACTIVE and served, application not deleted. */
export const clientOfValid = (ports: Ports, row: TokenRow): Client | undefined => {
  if (row.state !== 'ACTIVE' || remainingMs(ports, row, ports.clock.tokenTimeMs()) <= 0) return undefined;
  const client = livingClient(ports, ports.store.keySets.byId(row.keySetId));
  return client !== undefined && isServed(client.keySet) ? client : undefined;
};
