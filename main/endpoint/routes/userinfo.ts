import { OAuthError } from '../../engine/decisions/oauthError.ts';
import type { UserinfoAnswer } from '../../engine/oauth/oauth.ts';
import { jsonNotStored } from '../../listener/cacheHeaders.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { asciiJson, errorReply, json, type Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { refusalReply } from '../errors.ts';
import { faultReply } from '../faultReplies.ts';
import type { Service } from '../form/formRoute.ts';
import { charsetOf } from '../form/mediaType.ts';
import { parseForm } from '../form/parameters.ts';

/** https://www.rfc-editor.org/rfc/rfc6750#section-3 */
const challenge = (error: string): readonly string[] => [...json, 'WWW-Authenticate', `Bearer error="${error}"`];
const badBearer = (description: string): Reply =>
  errorReply(400, 'invalid_request', description, challenge('invalid_request'));

const noToken = badBearer('Authorization or Content-Type header is missing');
const otherScheme = badBearer('Bearer token missing');
const emptyToken = badBearer('Access token missing');
const otherType = badBearer('Content-Type header is wrong');
const notAscii = badBearer('Body contains non ASCII characters');

/** Gives the token of the header, else of the form; or the refusal (OpenID reference 9). */
const tokenOf = ({ request: { headers } }: Exchange, body: Buffer): string | Reply => {
  const { authorization, 'content-type': type } = headers;
  if (authorization !== undefined) {
    const [scheme, token] = /^bearer(?: +(.*))?$/i.exec(authorization) ?? [];
    return scheme === undefined ? otherScheme : token?.trim() || emptyToken;
  }
  if (type === undefined) return noToken;
  if (typeof charsetOf(type) === 'object') return otherType;
  if (body.some((byte) => byte > 127)) return notAscii;
  const form = parseForm(body);
  if (!(form instanceof Map)) return { ...form, headers: challenge('invalid_request') };
  return form.get('access_token') || emptyToken;
};

const userinfoReply = ({ tokenId, claims }: UserinfoAnswer): Reply => ({
  status: 200,
  headers: jsonNotStored,
  body: asciiJson(claims),
  tokenId,
});

const refuse = (thrown: unknown): Reply => {
  if (!(thrown instanceof OAuthError)) throw thrown;
  return { ...refusalReply(thrown), headers: challenge(thrown.error) };
};

/** `GET|POST /userinfo` (https://openid.net/specs/openid-connect-core-1_0.html#UserInfoRequest). */
export const userinfoRoute = (service: Service): Route => ({
  methods: ['GET', 'POST'],
  body: 'form',
  query: 'ignored',
  cors: true,
  basicChallenge: false,
  answer(exchange, body) {
    const token = tokenOf(exchange, body);
    if (typeof token !== 'string') return token;
    const trueReply = () => {
      try {
        const answer = service.run(() => ({ kind: 'answer', answer: service.oauth.userinfo(token) }));
        return answer instanceof Promise ? answer.then(userinfoReply, refuse) : userinfoReply(answer);
      } catch (thrown) {
        return refuse(thrown);
      }
    };
    const fault = service.faults.take({ route: 'userinfo', accessToken: token });
    return fault === undefined ? trueReply() : faultReply(exchange, 'userinfo', fault, trueReply);
  },
});
