import type { CredentialsRule } from '../headers/credentials.ts';
import { forEachHeader, hopByHopNames } from '../headers/lists.ts';

export interface RequestHeaderParts {
  /** Names and values in turn, as the client sent them. */
  readonly rawHeaders: readonly string[];
  readonly connection: string | undefined;
  readonly host: string;
  readonly credentials: CredentialsRule | undefined;
  readonly method: string;
  readonly hasBody: boolean;
  /** For a body that announces trailers. */
  readonly trailer: string | undefined;
  readonly isWebSocket: boolean;
  readonly awaitsContinue: boolean;
  /** Added if the client sent none. Undefined: as 2.6, which adds none. */
  readonly activityId: string | undefined;
  readonly assertion: string | undefined;
  readonly hops: string;
}

/** Removed or replaced in each request (gateway reference 10). A client's own assertion would be a forgery. */
const replaced: ReadonlySet<string> = new Set([
  'content-length',
  'date',
  'expect',
  'host',
  'server',
  'user-agent',
  'wso2_am_api_default_version',
  'internal-key',
  'x-jwt-assertion',
  'x-keyfob-hop',
]);

/** Gives the headers that a backend gets. Others stay as sent, in their order, with duplicates. */
export const requestHeaders = (parts: RequestHeaderParts): string[] => {
  const { rawHeaders, host, credentials, hasBody, isWebSocket } = parts;
  const hopByHop = hopByHopNames(parts.connection);
  const headers = ['Host', host];
  let { value: rest } = credentials ?? { value: undefined };
  let activityId = parts.activityId;
  forEachHeader(rawHeaders, (lower, name, value) => {
    if (hopByHop.has(lower) || replaced.has(lower) || (lower === 'content-type' && !hasBody)) return;
    if (lower === 'activityid') activityId = undefined;
    if (lower !== credentials?.header) headers.push(name, value);
    else if (rest !== undefined) {
      headers.push(name, rest);
      rest = undefined;
    }
  });
  headers.push('User-Agent', 'Synapse-PT-HttpComponents-NIO');
  if (activityId !== undefined) headers.push('activityid', activityId);
  if (parts.assertion !== undefined) headers.push('X-JWT-Assertion', parts.assertion);
  if (isWebSocket) headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  // WSO2 forwards every body chunked, whatever the client announced.
  if (hasBody) headers.push('Transfer-Encoding', 'chunked');
  else if (/^P(?:OST|UT|ATCH)$/.test(parts.method)) headers.push('Content-Length', '0');
  if (hasBody && parts.trailer !== undefined) headers.push('Trailer', parts.trailer);
  if (hasBody && parts.awaitsContinue) headers.push('Expect', '100-continue');
  headers.push('X-Keyfob-Hop', parts.hops);
  return headers;
};
