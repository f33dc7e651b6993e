import { explain } from '../../engine/decisions/reasons.ts';
import type { TokenAnswer } from '../../engine/tokens/insertion.ts';
import { jsonNotStored, type Reply } from '../reply.ts';
import type { Route } from '../route.ts';

/** `Long.MAX_VALUE / 1000`, for "never": more digits than a JavaScript number holds (reference 2.3). */
export const neverExpires = '9223372036854775';

/** Members in the order of reference 4.4. Tokens are base64url, and scopes have no quotes or backslashes: nothing to escape. */
const tokenReply = (answer: TokenAnswer): Reply => {
  // What words it later holds on to this alone, and not to the token.
  const { decision } = answer;
  const refresh = answer.refreshToken === undefined ? '' : `"refresh_token":"${answer.refreshToken}",`;
  return {
    status: 200,
    headers:
      answer.deactivatedAccessToken === undefined
        ? jsonNotStored
        : [...jsonNotStored, 'DeactivatedAccessToken', answer.deactivatedAccessToken],
    body: `{"access_token":"${answer.accessToken}",${refresh}"scope":"${answer.scope}","token_type":"Bearer","expires_in":${answer.expiresInSeconds ?? answer.neverExpiresIn ?? neverExpires}}`,
    tokenId: answer.tokenId,
    why: () => explain(decision.reason),
  };
};

/** `POST /token` (RFC 6749 sections 4.3, 4.4 and 6; reference 4). */
export const token: Route = ({ oauth, run }, request) => {
  const answer = run(() => oauth.token(request));
  return answer instanceof Promise ? answer.then(tokenReply) : tokenReply(answer);
};
