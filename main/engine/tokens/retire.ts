import type { Rule } from '../../../preload/contract/audit.ts';
import type { Ports } from '../ports/ports.ts';
import type { KeySetRow } from '../ports/store/keys.ts';
import type { Retirement, TokenRow } from '../ports/store/tokens.ts';
import type { UserRow } from '../ports/store/users.ts';
import { type Candidate, describeCandidate, examine } from './candidate.ts';

/** A row to retire, its next state, and the rule that decided so. */
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

/** Whether a token can still be revoked. An EXPIRED row may have a working refresh token. */
export const isRevocable = ({ state }: TokenRow): boolean => state === 'ACTIVE' || state === 'EXPIRED';

/** Revokes these rows, announces the change, and returns their number. */
export const revokeRows = (ports: Ports, rows: readonly TokenRow[], rule: Retiring['rule']): number => {
  if (rows.length === 0) return 0;
  const atMs = ports.clock.tokenTimeMs();
  const retiring = rows.map((row): Retiring => ({ candidate: examine(ports, row, atMs), state: 'REVOKED', rule }));
  retire(ports, atMs, retiring);
  tokensChanged(
    ports,
    rows.map(({ id }) => id),
  );
  return rows.length;
};

/**
 * Revokes tokens and pending codes when a user is deleted, disabled or gets a new password (reference 9). Per client and scope set, this
 * is the newest ACTIVE or EXPIRED row and every other ACTIVE one. `isAffected` can leave rows out. Returns their
 * number.
 */
export const revokeTokensOf = (
  { id }: Pick<UserRow, 'id'>,
  ports: Ports,
  rule: Retiring['rule'],
  isAffected: (row: TokenRow) => boolean = () => true,
): number => {
  const { tokens, authorizationCodes } = ports.store;
  authorizationCodes.revokePending({ userId: id });
  const all = [...tokens.newestLiveOrExpired(id), ...tokens.active({ userId: id })];
  const rows = new Map(all.filter(isAffected).map((row) => [row.id, row]));
  return revokeRows(ports, [...rows.values()], rule);
};

/** Revokes the live tokens and pending codes of a key set. Returns the number of tokens. */
export const revokeKeySetTokens = (ports: Ports, { id }: Pick<KeySetRow, 'id'>, rule: Retiring['rule']): number => {
  ports.store.authorizationCodes.revokePending({ keySetId: id });
  return revokeRows(ports, ports.store.tokens.active({ keySetIds: [id] }), rule);
};

/** An event names at most this many tokens; for more, listeners read everything again. */
const maxNamed = 100;

/** Announces that these tokens changed. */
export const tokensChanged = (ports: Ports, tokenIds: readonly number[]): void => {
  ports.events.emit('tokens.changed', tokenIds.length > maxNamed ? {} : { tokenIds });
};
