import { OAuthError } from '../../engine/decisions/oauthError.ts';
import type { IntrospectionAnswer, OAuthRequest } from '../../engine/oauth/oauth.ts';
import { asciiJson, json, jsonNotStored, type Reply } from '../reply.ts';
import type { Route, Service } from '../route.ts';
import { neverExpires } from './token.ts';

/** The answer to a blank token, blank and all (reference 5.2). */
const blankToken: Reply = { status: 400, headers: json, body: '{"error": "Invalid input"}', error: 'Invalid input' };

const inactive: Reply = { status: 200, headers: jsonNotStored, body: '{"active":false}' };

/** Members in the order of reference 5.2. Scopes have no quotes or backslashes. */
const introspectReply = (answer: IntrospectionAnswer): Reply => {
  if (!answer.active) return inactive;
  const { scope, tokenType, expiresAtSeconds, issuedAtSeconds, clientId, username, tokenId } = answer;
  return {
    status: 200,
    headers: jsonNotStored,
    body: `{"nbf":${issuedAtSeconds},"scope":"${scope}","active":true,"token_type":"${tokenType}","exp":${expiresAtSeconds ?? neverExpires},"iat":${issuedAtSeconds},"client_id":${asciiJson(clientId)},"username":${asciiJson(username)}}`,
    tokenId,
  };
};

/**
 * The caller may be a user, whose password may hold a percent or plus sign: OAuth2 clients form-encode credentials
 * (RFC 6749 section 2.3.1), all others send them as they are.
 */
const introspectEitherWay = (
  { oauth }: Service,
  request: OAuthRequest,
  undecoded: OAuthRequest['credentials']['basic'],
): IntrospectionAnswer => {
  try {
    return oauth.introspect(request);
  } catch (error) {
    if (undecoded === undefined || !(error instanceof OAuthError) || error.status !== 401) throw error;
    return oauth.introspect({ ...request, credentials: { ...request.credentials, basic: undecoded } });
  }
};

/** `POST /oauth2/introspect` (RFC 7662; reference 5.2). Who does not authenticate hears nothing of the token. */
export const introspect: Route = (service, request, undecoded) => {
  const replyTo = (answer: IntrospectionAnswer) =>
    request.parameters.get('token')?.trim() ? introspectReply(answer) : blankToken;
  const answer = service.run(() => ({ kind: 'answer', answer: introspectEitherWay(service, request, undecoded) }));
  return answer instanceof Promise ? answer.then(replyTo) : replyTo(answer);
};
