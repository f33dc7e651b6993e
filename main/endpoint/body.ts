import type { IncomingMessage } from 'node:http';
import { failure, type Reply } from './reply.ts';

const largestBytes = 64 * 1024;
/** What is read and thrown away of a body that is already refused, so that the client gets to read the reply. */
const discardedBytes = 1024 * 1024;

const tooLarge = failure(
  413,
  'invalid_request',
  'The body is larger than 64 KiB; send the parameters of the form only.',
);

/** Gives the whole body to `done`, or the refusal of a larger one. A body that breaks off is never done. */
export const readBody = (request: IncomingMessage, done: (body: Buffer | Reply) => void): void => {
  if (Number(request.headers['content-length']) > largestBytes) {
    done(tooLarge);
    return;
  }
  let body: Buffer | undefined;
  let refused = false;
  request.on('data', (chunk: Buffer) => {
    if (refused) return;
    body = body === undefined ? chunk : Buffer.concat([body, chunk]);
    if (body.length <= largestBytes) return;
    refused = true;
    done(tooLarge);
  });
  request.on('end', () => {
    if (!refused) done(body ?? Buffer.alloc(0));
  });
};

/** Reads on past a reply that did not wait for the body, up to a limit at which the connection is cut. */
export const discardBody = (request: IncomingMessage): void => {
  if (request.complete) return;
  let left = discardedBytes;
  request.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) request.socket.destroy();
  });
};
