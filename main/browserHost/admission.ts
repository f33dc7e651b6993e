import type { IncomingMessage } from 'node:http';
import type { HttpError } from './errors.ts';
import { loopback } from './peer.ts';

/** A file of this user sends a browser here (`openingFile.ts`). */
export const openingPath = '/open';

/** Whether a file on this machine submits its form in a whole tab. Every file has the origin `null`. */
function comesFromFile({ method, url, headers }: IncomingMessage): boolean {
  const { 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': destination = 'document' } = headers;
  if (method !== 'POST' || url !== openingPath || headers.origin !== 'null') return false;
  return mode === 'navigate' && destination === 'document';
}

/**
 * Gives the refusal of a request, or `undefined` for one to answer. Refuses rebound names (DNS rebinding), pages of other
 * sites and ports, and other addresses of this machine. Runs before all other checks.
 */
export function admit(request: IncomingMessage, port: number): HttpError | undefined {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (request.socket.remoteAddress !== loopback) {
    return { status: 403, code: 'refused', message: `Connect from ${loopback}; other addresses are refused.` };
  }
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    const message = `Use http://127.0.0.1:${port}; other names are refused. Through a tunnel, use the same port on both ends.`;
    return { status: 421, code: 'refused', message };
  }
  if (comesFromFile(request)) return undefined;
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, code: 'refused', message: 'Pages of other sites are refused.' };
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    const message = 'Links and requests from other sites are refused. Paste the address into the address bar.';
    return { status: 403, code: 'refused', message };
  }
  return undefined;
}
