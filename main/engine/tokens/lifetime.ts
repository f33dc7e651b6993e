import type { Client } from '../clients/clientRules.ts';
import { livingClient } from '../clients/clientRules.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/tokenStore.ts';

/** When a thing was issued, and for how long; negative: never expires. */
export interface Lifetime {
  readonly issuedAtMs: number;
  readonly validityMs: number;
}

/** With this much left or less, a token counts as run out when it is asked for again (reference 2.2). */
export const expiryThresholdMs = 1000;

/** From a lifetime in seconds, negative for never, to what a row keeps. */
export const toValidityMs = (validitySeconds: number): number => (validitySeconds < 0 ? -1 : validitySeconds * 1000);

/** What is left at this token time, the skew added (reference 2.4); `Infinity` for what never expires. */
export const remainingMs = (ports: Ports, of: Lifetime, atMs: number): number =>
  of.validityMs < 0
    ? Number.POSITIVE_INFINITY
    : of.issuedAtMs + of.validityMs + ports.store.settings.read().skewSeconds * 1000 - atMs;

/** When it ends, without skew; `null`: never. */
export const expiryMs = (of: Lifetime): number | null => (of.validityMs < 0 ? null : of.issuedAtMs + of.validityMs);

/** Milliseconds left as a reason keeps them: seconds, `null` for never. */
export const toSecondsLeft = (ms: number): number | null => (ms === Number.POSITIVE_INFINITY ? null : ms / 1000);

/** The client of a token that would pass right now: ACTIVE, not overdue, key set ACTIVE, application alive. */
export const clientOfValid = (ports: Ports, row: TokenRow): Client | undefined => {
  if (row.state !== 'ACTIVE' || remainingMs(ports, row, ports.clock.tokenTimeMs()) <= 0) return undefined;
  const client = livingClient(ports, ports.store.keySets.byId(row.keySetId));
  return client?.keySet.state === 'ACTIVE' ? client : undefined;
};
