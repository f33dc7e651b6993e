import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { clientOfValid, expiryMs } from '../tokens/lifetime.ts';
import { parseUsername, qualifiedName } from '../usernames.ts';
import { authenticateClient } from './clientAuthentication.ts';
import type { ClientCredentials, IntrospectionAnswer, OAuthRequest } from './oauth.ts';

/**
 * `POST /oauth2/introspect` (https://www.rfc-editor.org/rfc/rfc7662#section-2; reference 5.2). The caller authenticates
 * as any active key set, or as a user with the role `admin`. Access tokens only, as in 2.6.
 * @throws OAuthError 401 invalid_client
 */
export const introspect = (
  ports: Ports,
  context: RequestContext,
  { parameters, credentials }: OAuthRequest,
): IntrospectionAnswer => {
  authenticateCaller(ports, context, credentials);
  if (parameters.get('token_type_hint') === 'refresh_token') return { active: false };

  const row = ports.store.tokens.activeByValue(parameters.get('token') ?? '');
  if (row === undefined) return { active: false };
  const client = clientOfValid(ports, row);
  const user = ports.store.users.byId(row.userId);
  if (client === undefined || user === undefined) return { active: false };
  const end = expiryMs(row);
  return {
    active: true,
    tokenId: row.id,
    scope: row.scope,
    tokenType: 'Bearer',
    clientId: client.keySet.consumerKey,
    username: qualifiedName(user),
    userType: row.userType,
    issuedAtSeconds: Math.floor(row.issuedAtMs / 1000),
    expiresAtSeconds: end === null ? null : Math.floor(end / 1000),
  };
};

const authenticateCaller = (ports: Ports, context: RequestContext, credentials: ClientCredentials): void => {
  const { basic } = credentials;
  const { users, settings, keySets } = ports.store;
  const isServedKey = (id: string | undefined) => id !== undefined && keySets.byConsumerKey(id)?.servedHere === true;
  if (basic === undefined || isServedKey(basic.id) || isServedKey(basic.undecoded?.id)) {
    authenticateClient(ports, context, credentials, { allowsPublic: false });
    return;
  }
  const { name, userStore, tenantDomain } = parseUsername(basic.id, settings.read().emailUsernames);
  const user = users.byName(name, userStore, tenantDomain);
  const failed = () => refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'client_unknown');
  if (!user?.enabled || !user.roles.includes('admin')) throw failed();
  if (!users.passwordMatches(user.id, basic.secret)) throw failed();
};
