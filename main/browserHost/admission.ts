import type { IncomingMessage } from 'node:http';
import { loopback } from './peer.ts';
import type { Refusal } from './refusal.ts';

/** Where a file of this user's brings a browser (`openingFile.ts`). */
export const openingPath = '/open';

/** Whether a file on this machine sends its form, as a navigation of a whole tab. Every file has the origin `null`. */
function comesFromFile({ method, url, headers }: IncomingMessage): boolean {
  const { 'sec-fetch-mode': mode = 'navigate', 'sec-fetch-dest': destination = 'document' } = headers;
  if (method !== 'POST' || url !== openingPath || headers.origin !== 'null') return false;
  return mode === 'navigate' && destination === 'document';
}

/**
 * Whom this listener answers: a browser that was told this address, and the page that came from it. Names that were made to
 * lead here (DNS rebinding), pages from elsewhere and programs on another port or address of this machine are refused before
 * anything else is looked at. `undefined`: answer it.
 */
export function admit(request: IncomingMessage, port: number): Refusal | undefined {
  const { host, origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (request.socket.remoteAddress !== loopback) {
    return { status: 403, code: 'refused', message: `Only programs that connect from ${loopback} are answered.` };
  }
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    const message = `This is http://127.0.0.1:${port} and goes by no other name. Through a tunnel, use the same port on both sides.`;
    return { status: 421, code: 'refused', message };
  }
  if (comesFromFile(request)) return undefined;
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, code: 'refused', message: 'Pages from elsewhere get nothing here.' };
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    const message = 'Pages from elsewhere, and links on them, get nothing here. Put the address into the address bar.';
    return { status: 403, code: 'refused', message };
  }
  return undefined;
}
