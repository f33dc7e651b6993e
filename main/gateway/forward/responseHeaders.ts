import type { IncomingMessage } from 'node:http';
import { forEachHeader, hopByHopNames } from '../headers/lists.ts';

/** Would act on all servers of this host, Keyfob's included. */
const removed: ReadonlySet<string> = new Set(['strict-transport-security', 'clear-site-data']);

/** Whether the reply to a client may have trailers: it has a body without a length. */
const mayHaveTrailers = ({ headers, statusCode }: IncomingMessage, method: string, clientVersion: string): boolean =>
  clientVersion === '1.1' &&
  method !== 'HEAD' &&
  statusCode !== 204 &&
  statusCode !== 304 &&
  headers['content-length'] === undefined;

/**
 * Gives the headers of a backend's response that the client gets (gateway reference 10): all but hop-by-hop ones, CORS and
 * those that browsers would apply to this host. Names and values in turn, with duplicates.
 */
export const responseHeaders = (response: IncomingMessage, method: string, clientVersion: string): string[] => {
  const hopByHop = hopByHopNames(response.headers.connection);
  const headers: string[] = [];
  forEachHeader(response.rawHeaders, (lower, name, value) => {
    if (hopByHop.has(lower) || removed.has(lower) || lower.startsWith('access-control-')) return;
    headers.push(name, value);
  });
  const { trailer } = response.headers;
  if (trailer !== undefined && mayHaveTrailers(response, method, clientVersion)) headers.push('Trailer', trailer);
  return headers;
};
