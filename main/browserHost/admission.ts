import type { IncomingMessage } from 'node:http';
import type { Refusal } from './refusal.ts';

/**
 * Whom this listener answers: a browser that was told this address, and the page that came from it. Names that were made to
 * lead here (DNS rebinding), pages from elsewhere and programs on another port of this machine are refused before
 * anything else is looked at. `undefined`: answer it.
 */
export function admit({ headers }: IncomingMessage, port: number): Refusal | undefined {
  const { host, origin } = headers;
  const site = headers['sec-fetch-site'];
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    const message = `This is http://127.0.0.1:${port} and goes by no other name. Through a tunnel, use the same port on both sides.`;
    return { status: 421, code: 'refused', message };
  }
  if (origin !== undefined && origin !== `http://${host}`) {
    return { status: 403, code: 'refused', message: 'Pages from elsewhere get nothing here.' };
  }
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    const message = 'Pages from elsewhere, and links on them, get nothing here. Put the address into the address bar.';
    return { status: 403, code: 'refused', message };
  }
  return undefined;
}
