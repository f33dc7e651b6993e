import { authenticateClient } from '../clients/clientRules.ts';
import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/tokenStore.ts';
import { revokeRows } from '../tokens/retire.ts';
import { revealRefreshToken } from '../tokens/tokenValues.ts';
import { qualifiedName } from '../usernames.ts';
import { type Decided, decideAgainInTransaction, type OAuthRequest, type RevocationAnswer } from './oauth.ts';

const nothing: Decided<RevocationAnswer> = { kind: 'answer', answer: {} };

/**
 * `POST /revoke` (RFC 7009; reference 5.1). The client is authenticated before the token is looked at. Either value
 * kills the whole row. The hint is not needed: a value tells which kind it is.
 * @throws OAuthError 401 for a bad client or another client's token, 400 without a token
 */
export const decideRevocation = (
  ports: Ports,
  context: RequestContext,
  { parameters, credentials }: OAuthRequest,
): Decided<RevocationAnswer> => {
  const client = authenticateClient(ports, context, credentials);
  const value = parameters.get('token');
  if (!value) throw refusal(context, 400, 'invalid_request', 'Invalid revocation request');

  return decideAgainInTransaction(() => {
    const row = rowOfValue(ports, value);
    if (row === undefined || !isRevocable(row)) return nothing;
    if (row.keySetId !== client.keySet.id) {
      throw refusal(context, 401, 'unauthorized_client', 'Client Authentication failed.', 'token_of_another_client');
    }
    return { kind: 'write', apply: () => revoke(ports, row, value) };
  });
};

/** The row of an access token, or the newest row of a refresh token. */
export const rowOfValue = ({ store }: Ports, value: string): TokenRow | undefined => {
  const row = store.tokens.byValue(value);
  if (row !== undefined) return row;
  const refresh = store.refreshTokens.byValue(value);
  return refresh && store.tokens.byId(refresh.tokenId);
};

/** An EXPIRED row may still have a live refresh token. */
export const isRevocable = ({ state }: TokenRow): boolean => state === 'ACTIVE' || state === 'EXPIRED';

const revoke = (ports: Ports, row: TokenRow, presented: string): RevocationAnswer => {
  const { store } = ports;
  const isAccessToken = store.tokens.byValue(presented) !== undefined;
  revokeRows(ports, [row], 'retired_revoked');
  if (!store.settings.read().revokeHeaders) return {};
  const user = store.users.byId(row.userId);
  return {
    revoked: {
      tokenId: row.id,
      accessToken: isAccessToken ? presented : store.tokens.reveal(row.id),
      refreshToken: isAccessToken ? revealRefreshToken(ports, row) : presented,
      authorizedUser: user ? qualifiedName(user) : '',
    },
  };
};
