import { OAuthError } from '../../engine/decisions/oauthError.ts';
import type { IntrospectionAnswer, OAuthRequest } from '../../engine/oauth/oauth.ts';
import { jsonNotStored } from '../../listener/cacheHeaders.ts';
import { asciiJson, json, type Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { formRoute, type Service } from '../form/formRoute.ts';
import { neverExpires } from './token.ts';

/** The answer to an empty token, with WSO2's space after the colon (reference 5.2). */
const emptyToken: Reply = { status: 400, headers: json, body: '{"error": "Invalid input"}', error: 'Invalid input' };

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
 * Tries the credentials form-decoded, then unchanged. A user may call too, with a percent or plus sign in the password;
 * only OAuth2 clients form-encode credentials. https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
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

/**
 * `POST /oauth2/introspect` (reference 5.2). A caller that does not authenticate learns nothing of the token.
 * https://www.rfc-editor.org/rfc/rfc7662#section-2
 */
export const introspectRoute = (service: Service): Route =>
  formRoute(service, 'introspect', 'ignored', ({ run }, request, undecoded) => {
    const replyTo = (answer: IntrospectionAnswer) =>
      request.parameters.get('token')?.trim() ? introspectReply(answer) : emptyToken;
    const answer = run(() => ({ kind: 'answer', answer: introspectEitherWay(service, request, undecoded) }));
    return answer instanceof Promise ? answer.then(replyTo) : replyTo(answer);
  });
