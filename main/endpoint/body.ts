import { IncomingMessage } from 'node:http';
import { failure, type Reply } from './reply.ts';

const largestBytes = 64 * 1024;
/** What is read and thrown away of a body that is already refused, so that the client gets to read the reply. */
const discardedBytes = 1024 * 1024;

const tooLarge = failure(
  413,
  'invalid_request',
  'The body is larger than 64 KiB; send the parameters of the form only.',
);

/**
 * A request that hands its body over as the parser finds it. Readable's own way, with its events and ticks, costs more
 * than everything else that the endpoint does with a request. Nothing may read it as a stream.
 */
export class BodyRequest extends IncomingMessage {
  /**
   * Gets each piece of the body, and `null` at its end; not called again when the connection breaks. Set a function that
   * has a name: one without, set on each request, lets V8 (Node 24) keep all requests until its next full collection.
   */
  onPiece: ((piece: Buffer | null) => void) | undefined = undefined;

  /** Node's parser calls it. */
  override push(piece: Buffer | null): boolean {
    this.onPiece?.(piece);
    return true;
  }
}

/** Gives the whole body to `done`, or the refusal of a larger one. A body that breaks off is never done. */
export const readBody = (request: BodyRequest, done: (body: Buffer | Reply) => void): void => {
  if (Number(request.headers['content-length']) > largestBytes) {
    done(tooLarge);
    return;
  }
  const pieces: Buffer[] = [];
  let length = 0;
  const onPiece = (piece: Buffer | null): void => {
    if (piece === null) {
      const [first] = pieces;
      done(pieces.length === 1 && first ? first : Buffer.concat(pieces));
      return;
    }
    pieces.push(piece);
    length += piece.length;
    if (length > largestBytes) done(tooLarge);
  };
  request.onPiece = onPiece;
};

/** Reads on past a reply that did not wait for the body, up to a limit at which the connection is cut. */
export const discardBody = (request: BodyRequest): void => {
  let left = discardedBytes;
  const onPiece = (piece: Buffer | null): void => {
    left -= piece?.length ?? 0;
    if (left < 0) request.socket.destroy();
  };
  request.onPiece = onPiece;
};
