import type { Rule } from '../../../preload/contract/audit.ts';
import type { Ports } from '../ports/ports.ts';
import type { Retirement, TokenRow } from '../ports/tokenStore.ts';
import { type Candidate, describeCandidate, examine } from './candidate.ts';

/** A row met, what becomes of it, and by which rule. */
export interface Retiring {
  readonly candidate: Candidate;
  readonly state: Retirement['state'];
  readonly rule: Extract<Rule, `retired_${string}`>;
}

/** Moves rows out of ACTIVE (or EXPIRED), each with a fresh state id (reference 1.3) and its reason. */
export const retire = (ports: Ports, atMs: number, retiring: readonly Retiring[], successorId?: number): void => {
  if (retiring.length === 0) return;
  const realTimeMs = ports.clock.realTimeMs();
  ports.store.tokens.retire(
    retiring.map(({ candidate, state, rule }) => ({
      tokenId: candidate.row.id,
      state,
      stateId: ports.random.uuid(),
      atMs,
      realTimeMs,
      reason: {
        rule,
        atMs,
        candidate: describeCandidate(candidate),
        ...(successorId !== undefined && { otherTokenId: successorId }),
      },
    })),
  );
};

/** Revokes these rows, tells the watchers, and gives their number. */
export const revokeRows = (ports: Ports, rows: readonly TokenRow[], rule: Retiring['rule']): number => {
  const atMs = ports.clock.tokenTimeMs();
  retire(
    ports,
    atMs,
    rows.map((row) => ({ candidate: examine(ports, row, atMs), state: 'REVOKED', rule })),
  );
  if (rows.length > 0) {
    tokensChanged(
      ports,
      rows.map(({ id }) => id),
    );
  }
  return rows.length;
};

/** More than these are not named one by one. */
const namedAtMost = 100;

export const tokensChanged = (ports: Ports, tokenIds: readonly number[]): void => {
  ports.events.emit('tokens.changed', tokenIds.length > namedAtMost ? {} : { tokenIds });
};
