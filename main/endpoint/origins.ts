import { isLoopback } from './hosts.ts';
import { failure, type Reply } from './reply.ts';

const foreignOrigin = failure(
  403,
  'invalid_request',
  "Pages of this origin may not call this server. Add the origin to the key set's allowedOrigins.",
);
const noOrigin = failure(
  403,
  'invalid_request',
  'A page opened from a file, or in a sandbox, has no origin that could be allowed. Serve it from this machine and open the page by http://localhost.',
);

/** The refusal of every origin but loopback ones and those of key sets. */
export const refuseOrigin = (origin: string): Reply => (/^(?:null$|file:)/i.test(origin) ? noOrigin : foreignOrigin);

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

const usualHeaders = ['Authorization', 'Content-Type'];
const mostHeaders = 50;
/** A field name (RFC 9110 section 5.6.2); `*` alone would allow any. */
const fieldName = /^(?!\*$)[\w!#$%&'*+.^`|~-]{1,100}$/;

/** Libraries add headers of their own (tracing, a stale token): a page that may ask may send them. */
const allowedHeaders = (asked: string): string => {
  const names = new Map(usualHeaders.map((name) => [name.toLowerCase(), name]));
  for (const part of asked.split(',', mostHeaders)) {
    const name = part.trim();
    if (fieldName.test(name) && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].join(', ');
};

/** The answer to OPTIONS; `asked`: the header names that a preflight asks for. */
export const preflight = (asked = ''): Reply => ({
  status: 204,
  headers: [
    'Allow',
    'POST, OPTIONS',
    'Access-Control-Allow-Methods',
    'POST',
    'Access-Control-Allow-Headers',
    allowedHeaders(asked),
    'Access-Control-Max-Age',
    '600',
  ],
  body: '',
});
