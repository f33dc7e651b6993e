import type { Reason } from '../../../preload/contract/audit.ts';
import type { Client } from '../clients/clientRules.ts';
import type { Ports } from '../ports/ports.ts';
import type { RefreshTokenRow, TokenRow, Tuple, UserRow } from '../ports/store.ts';
import { displayName } from '../usernames.ts';
import { leftMs, toSecondsLeft } from './lifetime.ts';

/** A row found where a token is wanted, and what is left of it at the time of the decision. */
export interface Met {
  readonly row: TokenRow;
  readonly leftMs: number;
  readonly refresh?: { readonly row: RefreshTokenRow; readonly leftMs: number };
}

export const meet = (ports: Ports, row: TokenRow, atMs: number): Met => {
  const refresh = row.refreshTokenId === null ? undefined : ports.store.refreshTokens.byId(row.refreshTokenId);
  return {
    row,
    leftMs: leftMs(ports, row, atMs),
    ...(refresh && { refresh: { row: refresh, leftMs: leftMs(ports, refresh, atMs) } }),
  };
};

/** The row met, as a reason keeps it. */
export const metOf = ({ row, leftMs, refresh }: Met): NonNullable<Reason['met']> => ({
  tokenId: row.id,
  state: row.state,
  secondsLeft: toSecondsLeft(leftMs),
  ...(refresh && { refreshSecondsLeft: toSecondsLeft(refresh.leftMs) }),
});

/** The tuple, as a reason keeps it: with names instead of row ids. */
export const tupleInWords = (tuple: Tuple, { keySet }: Client, user: UserRow): NonNullable<Reason['tuple']> => ({
  consumerKey: keySet.consumerKey,
  user: displayName(user),
  userType: tuple.userType,
  scope: tuple.scope,
  bindingRef: tuple.bindingRef,
});
