import type { Reason } from '../../../preload/contract/audit.ts';
import type { GrantType } from '../../../preload/contract/values.ts';
import type { TokenAnswer } from '../oauth/oauth.ts';
import type { Ports } from '../ports/ports.ts';
import type { RefreshTokenRow } from '../ports/refreshTokenStore.ts';
import type { Tuple } from '../ports/tokenStore.ts';
import { type Retiring, retire, tokensChanged } from './retire.ts';

/** A refresh token that goes on; its value where it is known. */
export interface CarriedRefreshToken {
  readonly row: RefreshTokenRow;
  readonly value: string | undefined;
}

/** A token decided on: what is inserted, and what gives way to it. */
export interface Insertion {
  readonly tuple: Tuple;
  readonly grantType: GrantType;
  readonly validityMs: number;
  /** The refresh token to carry on, or the lifetime of a new one; application tokens have none. */
  readonly refresh: CarriedRefreshToken | { readonly newValidityMs: number } | undefined;
  readonly retiring: readonly Retiring[];
  readonly reason: Reason;
}

/** Retires what gives way, inserts the token and ties it to its refresh token. Must run in a transaction. */
export const insert = (ports: Ports, atMs: number, insertion: Insertion): TokenAnswer => {
  const { tokens, refreshTokens } = ports.store;
  const { tuple, grantType, validityMs, refresh, retiring } = insertion;
  retire(ports, atMs, retiring, tokens.nextId());

  const carried =
    refresh === undefined
      ? undefined
      : 'newValidityMs' in refresh
        ? refreshTokens.insert({ keySetId: tuple.keySetId, issuedAtMs: atMs, validityMs: refresh.newValidityMs })
        : { row: refresh.row, refreshToken: refresh.value };
  const replaced = retiring[0]?.candidate.row.id;
  const reason = replaced === undefined ? insertion.reason : { ...insertion.reason, otherTokenId: replaced };
  const { row, accessToken } = tokens.insert({
    ...tuple,
    grantType,
    issuedAtMs: atMs,
    validityMs,
    refreshTokenId: carried?.row.id ?? null,
    reason,
  });
  if (carried) refreshTokens.attach(carried.row.id, row.id);

  tokensChanged(ports, [row.id, ...retiring.map(({ candidate }) => candidate.row.id)]);
  return {
    tokenId: row.id,
    accessToken,
    persistence: row.persistence,
    refreshToken: carried?.refreshToken,
    scope: row.scope,
    expiresInSeconds: validityMs < 0 ? null : validityMs / 1000,
    decision: { reason },
  };
};
