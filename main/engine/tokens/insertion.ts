import type { Reason } from '../../../preload/contract/audit.ts';
import type { GrantType, TokenPersistence } from '../../../preload/contract/values.ts';
import type { Ports } from '../ports/ports.ts';
import type { RefreshTokenRow, SignInOfToken } from '../ports/store/refreshTokens.ts';
import { jwtSigner, type TokenToSign } from './format/jwt.ts';
import { type Retiring, retire, tokensChanged } from './retire.ts';
import type { SignIn } from './signIn.ts';

/** A successful answer of the token endpoint (https://www.rfc-editor.org/rfc/rfc6749#section-5.1; reference 4.4). */
export interface TokenAnswer {
  readonly tokenId: number;
  readonly accessToken: string;
  /** Undefined for a token without one, and where only its hash is known. */
  readonly refreshToken: string | undefined;
  readonly persistence: TokenPersistence;
  readonly scope: string;
  /** Only from the token endpoint, with the scope `openid`. */
  readonly idToken?: string;
  /** `null`: never expires. */
  readonly expiresInSeconds: number | null;
  /** The digits for "never" after a refresh, by the setting `refreshedNeverExpiresIn`. */
  readonly neverExpiresIn?: string;
  /** The reason may be a getter: a reuse builds it only when it is read. */
  readonly decision: { readonly reason: Reason };
  /** The access token that a refresh retired (reference 2.8), for the header. Absent where only its hash is stored. */
  readonly deactivatedAccessToken?: string;
  /** Of the authorization_code grant, and of its refreshes. */
  readonly signIn?: SignIn | undefined;
}

/** An existing refresh token that the new row takes over. */
export interface CarriedRefreshToken {
  readonly row: RefreshTokenRow;
  /** Undefined where it is unknown. */
  readonly value: string | undefined;
}

/** A refresh token to create. A refresh hands its sign-in on. */
interface NewRefreshToken {
  readonly newValidityMs: number;
  readonly signIn?: SignInOfToken;
}

/** A decision to issue: the new row, and the rows that it replaces. */
export interface Insertion extends Omit<TokenToSign, 'issuedAtMs'> {
  readonly grantType: GrantType;
  /** The refresh token to carry over, or the lifetime of a new one; application tokens have none. */
  readonly refresh: CarriedRefreshToken | NewRefreshToken | undefined;
  readonly retiring: readonly Retiring[];
  readonly reason: Reason;
}

const refreshTokenFor = (ports: Ports, atMs: number, { tuple, refresh }: Insertion) => {
  if (refresh === undefined) return undefined;
  if (!('newValidityMs' in refresh)) return { row: refresh.row, refreshToken: refresh.value };
  const { keySetId } = tuple;
  const { newValidityMs: validityMs, signIn } = refresh;
  return ports.store.refreshTokens.insert({ keySetId, issuedAtMs: atMs, validityMs }, signIn);
};

/** Retires the replaced rows, inserts the token and links it to its refresh token. Must run in a transaction. */
export const insert = (ports: Ports, atMs: number, insertion: Insertion): TokenAnswer => {
  const { tokens, refreshTokens } = ports.store;
  const { tuple, client, user, grantType, validityMs, retiring } = insertion;
  // First, because at most one row of a tuple may be ACTIVE.
  retire(ports, atMs, retiring, tokens.nextId());

  const carried = refreshTokenFor(ports, atMs, insertion);
  const replaced = retiring[0]?.candidate.row.id;
  const reason = replaced === undefined ? insertion.reason : { ...insertion.reason, otherTokenId: replaced };
  const { row, accessToken } = tokens.insert(
    {
      ...tuple,
      grantType,
      issuedAtMs: atMs,
      validityMs,
      refreshTokenId: carried?.row.id ?? null,
      format: client.keySet.tokenFormat,
      reason,
    },
    jwtSigner(ports, { tuple, client, user, issuedAtMs: atMs, validityMs }),
  );
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
