import type { ServerResponse } from 'node:http';
import { finished, type Readable } from 'node:stream';
import type { Exchange } from './exchange.ts';
import { pairsOf } from './reply.ts';

/** Written as bytes, headers keep bytes outside ASCII; `flushHeaders` encodes them as UTF-8. */
const noBytes = Buffer.alloc(0);

/**
 * Sends a body piece by piece, as fast as the client reads. If the source breaks off, the client sees a body that breaks
 * off; if the client leaves, the source is destroyed. Calls `done` in each case.
 */
export const sendStream = (
  response: ServerResponse,
  body: Readable,
  trailers: (() => readonly string[]) | undefined,
  done: () => void,
): void => {
  // This listener runs before that of `pipe`, which ends the response.
  if (trailers !== undefined) body.once('end', () => response.addTrailers(pairsOf(trailers())));
  // `pipeline` would create an error with a stack for each body that ends well.
  body.pipe(response);
  finished(body, (error) => {
    if (error) response.destroy();
  });
  finished(response, () => {
    body.destroy();
    done();
  });
  // A source that has nothing yet, such as server-sent events, must not hold back the headers.
  process.nextTick(() => {
    if (!body.readableDidRead && !response.destroyed) response.write(noBytes);
  });
};

/**
 * Destroys the connection when it was idle for `idleMs` because of the client: it does not read the reply, or it stopped
 * sending its body. A reply that has nothing to send, such as server-sent events, may be quiet for longer.
 */
export const limitIdle = ({ request, response }: Exchange, idleMs: number): void => {
  if (response.listenerCount('timeout') > 0) return;
  const isClientIdle = () => response.writableLength > 0 || (!request.complete && request.readableLength === 0);
  response.setTimeout(idleMs, () => {
    if (isClientIdle()) request.socket.destroy();
    else response.setTimeout(idleMs);
  });
};
