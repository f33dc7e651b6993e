import { isLoopback } from './hosts.ts';
import { errorReply, type Reply } from './reply.ts';

const foreignOrigin = errorReply(
  403,
  'invalid_request',
  "Pages of this origin may not call this server. Add the origin to the key set's allowedOrigins.",
);
const noOrigin = errorReply(
  403,
  'invalid_request',
  'A page opened from a file, or in a sandbox, has no origin that could be allowed. Serve it from this machine and open the page by http://localhost.',
);

/** Gives the refusal of an origin that is neither loopback nor allowed by a key set. */
export const refuseOrigin = (origin: string): Reply => (/^(?:null$|file:)/i.test(origin) ? noOrigin : foreignOrigin);

/** Whether this is the origin of a page on this machine, written exactly as browsers do. */
export const isLoopbackOrigin = (origin: string): boolean => {
  const url = URL.parse(origin);
  if (url === null || url.origin !== origin || !/^https?:$/.test(url.protocol)) return false;
  return isLoopback(url.hostname) || url.hostname.endsWith('.localhost');
};

/** Gives the headers that let a page read a reply and its `exposed` headers. Never `*`, never credentials. */
export const originHeaders = (origin: string, exposed: string): readonly string[] => [
  'Access-Control-Allow-Origin',
  origin,
  'Access-Control-Expose-Headers',
  exposed,
  'Vary',
  'Origin',
];

const usualHeaders = ['Authorization', 'Content-Type'];
const mostHeaders = 50;
/** A field name; `*` alone would allow any. https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
const fieldName = /^(?!\*$)[\w!#$%&'*+.^`|~-]{1,100}$/;

/** Libraries add headers of their own, such as tracing or a stale token. An allowed page may send them. */
const allowedHeaders = (requested: string): string => {
  const names = new Map(usualHeaders.map((name) => [name.toLowerCase(), name]));
  for (const part of requested.split(',', mostHeaders)) {
    const name = part.trim();
    if (fieldName.test(name) && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  }
  return [...names.values()].join(', ');
};

/** Gives the reply to OPTIONS. `requested`: the header names that a preflight lists. */
export const preflight = (methods: readonly string[], requested = ''): Reply => ({
  status: 204,
  headers: [
    'Allow',
    [...methods, 'OPTIONS'].join(', '),
    'Access-Control-Allow-Methods',
    methods.join(', '),
    'Access-Control-Allow-Headers',
    allowedHeaders(requested),
    'Access-Control-Max-Age',
    '600',
  ],
  body: '',
});
