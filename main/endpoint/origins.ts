import { isLoopback } from './hosts.ts';
import { failure, type Reply } from './reply.ts';

/** The refusal of every origin but loopback ones and those of key sets; `null` is one of them. */
export const foreignOrigin = failure(
  403,
  'invalid_request',
  "Pages of this origin may not call this server. Add the origin to the key set's allowedOrigins.",
);

/** Whether this is the origin, exactly as a browser writes it, of a page on this machine. */
export const isLoopbackOrigin = (origin: string): boolean => {
  const url = URL.parse(origin);
  if (url === null || url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
  return isLoopback(url.hostname) || url.hostname.endsWith('.localhost');
};

/** What lets the page read a reply; never `*`, never credentials. */
export const originHeaders = (origin: string): readonly string[] => [
  'Access-Control-Allow-Origin',
  origin,
  'Access-Control-Expose-Headers',
  'WWW-Authenticate, DeactivatedAccessToken, RevokedAccessToken, RevokedRefreshToken, AuthorizedUser',
  'Vary',
  'Origin',
];

/** The answer to OPTIONS, a preflight or not. */
export const options: Reply = {
  status: 204,
  headers: [
    'Allow',
    'POST, OPTIONS',
    'Access-Control-Allow-Methods',
    'POST',
    'Access-Control-Allow-Headers',
    'Authorization, Content-Type',
    'Access-Control-Max-Age',
    '600',
  ],
  body: '',
};
