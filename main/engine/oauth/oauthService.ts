import { demandGrant } from '../clients/clientRules.ts';
import type { Decided } from '../decisions/decided.ts';
import type { OAuthError } from '../decisions/oauthError.ts';
import { type RequestContext, refusal, withContext, withDeferredContext } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenAnswer } from '../tokens/insertion.ts';
import { createAuthorizationService } from './authorize/authorizationService.ts';
import { authenticateClient } from './clientAuthentication.ts';
import { grants } from './grants/grants.ts';
import { introspect } from './introspection.ts';
import type { OAuthRequest, OAuthService } from './oauth.ts';
import { withIdToken } from './openId/idToken.ts';
import { metadata } from './openId/metadata.ts';
import { userinfo } from './openId/userinfo.ts';
import { decideRevocation } from './revocation.ts';

/**
 * `POST /token` (https://www.rfc-editor.org/rfc/rfc6749#section-3.2), in the order of reference 2.1. An empty value
 * counts as missing.
 * @throws OAuthError
 */
const decideToken = (
  ports: Ports,
  context: RequestContext,
  { parameters, credentials }: OAuthRequest,
): Decided<TokenAnswer | OAuthError> => {
  const grantType = parameters.get('grant_type');
  if (!grantType) throw refusal(context, 400, 'invalid_request', 'Missing grant_type parameter value');
  const grant = grants.get(grantType);
  if (grant === undefined) {
    throw refusal(context, 400, 'unsupported_grant_type', 'Unsupported grant_type value');
  }
  const missing = grant.required.filter((name) => !parameters.get(name));
  if (missing.length > 0) {
    throw refusal(context, 400, 'invalid_request', `Missing parameters: ${missing.join(' ')}`);
  }
  const client = authenticateClient(ports, context, credentials, { allowsPublic: grant.allowsPublicClients });
  demandGrant(context, client, grant.name);
  return grant.decide(ports, context, client, parameters);
};

/** The OAuth endpoints, over the engine's ports. */
export const createOAuthService = (ports: Ports): OAuthService => ({
  token: (request) =>
    withDeferredContext(ports, (context) => withIdToken(ports, context.atMs, decideToken(ports, context, request))),
  revoke: (request) => withDeferredContext(ports, (context) => decideRevocation(ports, context, request)),
  authorization: createAuthorizationService(ports),
  introspect: (request) => withContext(ports, (context) => introspect(ports, context, request)),
  userinfo: (accessToken) => withContext(ports, (context) => userinfo(ports, context, accessToken)),
  metadata: (hostname) => metadata(ports, hostname),
  allowedOrigins: () => ports.store.keySets.allowedOrigins(),
  refusesUrlParameters: () => ports.store.settings.read().refuseUrlParameters,
});
