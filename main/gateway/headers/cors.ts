import type { CorsDecision } from '../../engine/gateway/gateway.ts';

/**
 * Gives the CORS headers of a reply (gateway reference 8). Unlike WSO2's they never allow all origins or credentials.
 * `ownHeaders` are response headers of Keyfob that pages may read too.
 */
export const corsHeaders = (cors: CorsDecision | undefined, ownHeaders: readonly string[]): readonly string[] => {
  if (cors === undefined) return [];
  const { allowOrigin, methods, headers, exposedHeaders } = cors;
  const exposed = [...exposedHeaders, ...ownHeaders];
  return [
    ...(allowOrigin === undefined ? [] : ['Access-Control-Allow-Origin', allowOrigin]),
    ...['Access-Control-Allow-Methods', methods.join(',')],
    ...['Access-Control-Allow-Headers', headers.join(',')],
    ...(exposed.length === 0 ? [] : ['Access-Control-Expose-Headers', exposed.join(',')]),
    ...['Vary', 'Origin'],
  ];
};
