import { type Decided, decideAgainInTransaction } from '../decisions/decided.ts';
import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/store/tokens.ts';
import { rowOfValue } from '../references.ts';
import { isRevocable, revokeRows } from '../tokens/retire.ts';
import { revealRefreshToken } from '../tokens/tokenValues.ts';
import { qualifiedName } from '../usernames.ts';
import { authenticateClient } from './clientAuthentication.ts';
import type { OAuthRequest, RevocationAnswer } from './oauth.ts';

const nothing: Decided<RevocationAnswer> = { kind: 'answer', answer: {} };

/**
 * `POST /revoke` (https://www.rfc-editor.org/rfc/rfc7009#section-2; reference 5.1). Authenticates the client before it
 * looks up the token. Access or refresh token, either value revokes the whole row. The hint is ignored: the value
 * itself tells its kind.
 * @throws OAuthError 401 for a bad client or another client's token, 400 without a token
 */
export const decideRevocation = (
  ports: Ports,
  context: RequestContext,
  { parameters, credentials }: OAuthRequest,
): Decided<RevocationAnswer> => {
  const client = authenticateClient(ports, context, credentials, { allowsPublic: true });
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
