import type { CorsDecision } from '../../engine/gateway/gateway.ts';

/** Without an origin, all requests of a resource share one decision, and so their headers. */
const shared = new WeakMap<
  CorsDecision,
  { readonly ownHeaders: readonly string[]; readonly list: readonly string[] }
>();

/**
 * Gives the CORS headers of a reply (gateway reference 8). Unlike WSO2's they never allow all origins or credentials.
 * `ownHeaders` are response headers of Keyfob that pages may read too. Pass the same list each time.
 */
export const corsHeaders = (
  cors: CorsDecision | undefined,
  ownHeaders: readonly string[] = noHeaders,
): readonly string[] => {
  if (cors === undefined) return noHeaders;
  if (cors.allowOrigin !== undefined) return headersOf(cors, ownHeaders);
  const known = shared.get(cors);
  if (known?.ownHeaders === ownHeaders) return known.list;
  const list = headersOf(cors, ownHeaders);
  shared.set(cors, { ownHeaders, list });
  return list;
};

const noHeaders: readonly string[] = [];

const headersOf = (
  { allowOrigin, methods, headers, exposedHeaders }: CorsDecision,
  ownHeaders: readonly string[],
): readonly string[] => {
  const exposed = [...exposedHeaders, ...ownHeaders];
  return [
    ...(allowOrigin === undefined ? [] : ['Access-Control-Allow-Origin', allowOrigin]),
    ...['Access-Control-Allow-Methods', methods.join(',')],
    ...['Access-Control-Allow-Headers', headers.join(',')],
    ...(exposed.length === 0 ? [] : ['Access-Control-Expose-Headers', exposed.join(',')]),
    ...['Vary', 'Origin'],
  ];
};
