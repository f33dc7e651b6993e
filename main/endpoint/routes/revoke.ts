import type { RevocationAnswer } from '../../engine/oauth/oauth.ts';
import { notStored } from '../../listener/cacheHeaders.ts';
import { badRequest, type Reply } from '../../listener/reply.ts';
import type { Route } from '../../listener/route.ts';
import { formRoute, type Service } from '../form/formRoute.ts';

const badCallback = badRequest(
  'The parameter callback must be the name of a function: a letter, _ or $, then at most 63 letters, digits, _, $ or dots.',
);

/** Headers carry bytes, so this gives the text's UTF-8 with one character a byte. */
const headerText = (text: string): string => Buffer.from(text).toString('latin1');

const revokedNote = (tokenId: number) => ({ tokenId, why: () => `Token ${tokenId} was revoked.` });

const revokeReply = ({ revoked }: RevocationAnswer, callback: string | undefined): Reply => {
  const headers = callback
    ? ['Content-Type', 'application/javascript', 'X-Content-Type-Options', 'nosniff', ...notStored]
    : ['Content-Type', 'text/html', ...notStored];
  if (revoked !== undefined) {
    if (revoked.accessToken !== undefined) headers.push('RevokedAccessToken', revoked.accessToken);
    headers.push('AuthorizedUser', headerText(revoked.authorizedUser));
    if (revoked.refreshToken !== undefined) headers.push('RevokedRefreshToken', revoked.refreshToken);
  }
  const body = callback ? `${callback}();` : '';
  return {
    status: 200,
    headers,
    body,
    ...(revoked && revokedNote(revoked.tokenId)),
  };
};

/**
 * `POST /revoke` (reference 5.1): the reply is empty, or a call of the `callback`.
 * https://www.rfc-editor.org/rfc/rfc7009#section-2
 */
export const revokeRoute = (service: Service): Route =>
  formRoute(service, 'revoke', 'read', ({ oauth, run }, request) => {
    const callback = request.parameters.get('callback');
    if (callback && !/^[A-Za-z_$][\w$.]{0,63}$/.test(callback)) return badCallback;
    const answer = run(() => oauth.revoke(request));
    return answer instanceof Promise
      ? answer.then((late) => revokeReply(late, callback))
      : revokeReply(answer, callback);
  });
