import type { Reason } from '../../../preload/contract/audit.ts';
import type { Client } from '../clients/client.ts';
import type { Ports } from '../ports/ports.ts';
import type { RefreshTokenRow } from '../ports/store/refreshTokens.ts';
import type { TokenRow, Tuple } from '../ports/store/tokens.ts';
import type { UserRow } from '../ports/store/users.ts';
import { displayName } from '../usernames.ts';
import { remainingMs, toSecondsLeft } from './lifetime.ts';

/** An existing row that a decision is about, and its remaining time at that moment. */
export interface Candidate {
  readonly row: TokenRow;
  readonly remainingMs: number;
  readonly refresh?: { readonly row: RefreshTokenRow; readonly remainingMs: number };
}

/** A row as a candidate at this token time. */
export const examine = (ports: Ports, row: TokenRow, atMs: number): Candidate => {
  const refresh = row.refreshTokenId === null ? undefined : ports.store.refreshTokens.byId(row.refreshTokenId);
  return {
    row,
    remainingMs: remainingMs(ports, row, atMs),
    ...(refresh && { refresh: { row: refresh, remainingMs: remainingMs(ports, refresh, atMs) } }),
  };
};

/** The candidate in the form that a reason stores. */
export const describeCandidate = ({ row, remainingMs, refresh }: Candidate): NonNullable<Reason['candidate']> => ({
  tokenId: row.id,
  state: row.state,
  secondsLeft: toSecondsLeft(remainingMs),
  ...(refresh && { refreshSecondsLeft: toSecondsLeft(refresh.remainingMs) }),
});

/** The tuple in the form that a reason stores: names instead of row ids. */
export const describeTuple = (tuple: Tuple, { keySet }: Client, user: UserRow): NonNullable<Reason['tuple']> => ({
  consumerKey: keySet.consumerKey,
  user: displayName(user),
  userType: tuple.userType,
  scope: tuple.scope,
  bindingRef: tuple.bindingRef,
});
