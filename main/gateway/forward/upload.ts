import type { ClientRequest } from 'node:http';
import { acceptBody, type Exchange } from '../../listener/exchange.ts';
import { pairsOf } from '../../listener/reply.ts';

/** How long a backend may take to say 100 before the body is sent anyway, as curl does. */
const continueMs = 1000;

/** Whether a request announces a body. */
export const announcesBody = ({ request: { headers } }: Exchange): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/**
 * Forwards the body as fast as the backend reads it, with its trailers. A client that waits for 100 sends its body only
 * once the backend wants it. Calls `onProgress` with each piece.
 */
export const forwardBody = (exchange: Exchange, backend: ClientRequest, onProgress: () => void): void => {
  const { request } = exchange;
  const start = () => {
    if (request.destroyed || backend.destroyed) return;
    acceptBody(exchange);
    request.on('data', onProgress);
    // This listener runs before that of `pipe`, which ends the forwarded request.
    request.once('end', () => backend.addTrailers(pairsOf(request.rawTrailers)));
    request.pipe(backend);
  };
  if (!exchange.awaitsContinue) {
    start();
    return;
  }
  const late = setTimeout(start, continueMs);
  const stop = () => clearTimeout(late);
  backend.once('continue', () => {
    stop();
    start();
  });
  backend.once('response', stop);
  backend.once('close', stop);
  // Unlike `flushHeaders`, this keeps bytes of headers outside ASCII.
  backend.write(Buffer.alloc(0));
};
