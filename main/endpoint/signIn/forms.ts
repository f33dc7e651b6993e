import type { AuthorizeError } from '../../engine/oauth/authorize/authorize.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { isSecure } from '../../listener/log/seen.ts';

export const timedOut: AuthorizeError = {
  error: 'access_denied',
  description: 'Session Timed Out',
  hint: 'Each page works once, for 15 minutes, in the browser that started. Start again in the app.',
};

export const foreignForm: AuthorizeError = {
  error: 'access_denied',
  description: 'This form was sent by a page of another site.',
};

/** Whether another site's page sent a form. Browsers always name the page; other clients do not. */
export const isForeign = ({ request }: Exchange): boolean => {
  const { origin, host, 'sec-fetch-site': site } = request.headers;
  const scheme = isSecure(request.socket) ? 'https' : 'http';
  const isOwn = origin === undefined || origin === URL.parse(`${scheme}://${host}`)?.origin;
  return !isOwn || (site !== undefined && site !== 'same-origin');
};
