import { OAuthError } from '../../engine/decisions/oauthError.ts';
import { explain } from '../../engine/decisions/reasons.ts';
import type { TokenAnswer } from '../../engine/tokens/insertion.ts';
import { jsonNotStored } from '../../listener/cacheHeaders.ts';
import type { Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { formRoute, type Service } from '../form/formRoute.ts';

/** `Long.MAX_VALUE / 1000`, for "never" (reference 2.3). It has more digits than a JavaScript number holds. */
export const neverExpires = '9223372036854775';

/** Members in the order of reference 4.4. Tokens are base64url, JWTs add dots, and scopes have no quotes or backslashes. So nothing needs escaping. */
const tokenReply = (answer: TokenAnswer): Reply => {
  // The function `why` lives as long as its log row. It keeps the decision, and not the token.
  const { decision } = answer;
  const refresh = answer.refreshToken === undefined ? '' : `"refresh_token":"${answer.refreshToken}",`;
  const id = answer.idToken === undefined ? '' : `"id_token":"${answer.idToken}",`;
  return {
    status: 200,
    headers:
      answer.deactivatedAccessToken === undefined
        ? jsonNotStored
        : [...jsonNotStored, 'DeactivatedAccessToken', answer.deactivatedAccessToken],
    body: `{"access_token":"${answer.accessToken}",${refresh}"scope":"${answer.scope}",${id}"token_type":"Bearer","expires_in":${answer.expiresInSeconds ?? answer.neverExpiresIn ?? neverExpires}}`,
    tokenId: answer.tokenId,
    why: () => explain(decision.reason),
  };
};

/** Throws a refusal that was stored, as others are thrown before. */
const replyTo = (answer: TokenAnswer | OAuthError): Reply => {
  if (answer instanceof OAuthError) throw answer;
  return tokenReply(answer);
};

/**
 * `POST /token` (reference 4), for the grants of
 * https://www.rfc-editor.org/rfc/rfc6749#section-4.1, https://www.rfc-editor.org/rfc/rfc6749#section-4.3,
 * https://www.rfc-editor.org/rfc/rfc6749#section-4.4 and
 * https://www.rfc-editor.org/rfc/rfc6749#section-6.
 */
export const tokenRoute = (service: Service): Route =>
  formRoute(service, 'token', 'read', ({ oauth, run }, request) => {
    const answer = run(() => oauth.token(request));
    return answer instanceof Promise ? answer.then(replyTo) : replyTo(answer);
  });
