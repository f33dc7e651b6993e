import { IncomingMessage } from 'node:http';
import type { BodyStart } from './log/bodyStart.ts';
import { errorReply, type Reply } from './reply.ts';

const largestFormBytes = 64 * 1024;
/** A refused body is read up to here, as a client may send all of it before it reads the reply. */
const discardedBytes = 1024 * 1024;

const tooLarge = errorReply(
  413,
  'invalid_request',
  'The body is larger than 64 KiB; send the parameters of the form only.',
);

/**
 * A request whose body is a Node stream until `onPiece` is set. From then on the parser's pieces go to that function.
 * A stream's events and ticks cost more than all other work on a small form.
 */
export class BodyRequest extends IncomingMessage {
  /**
   * Gets each piece of the body, and `null` at its end; not called again when the connection breaks. Set a named
   * function: V8 (Node 24) keeps all requests with an anonymous one until its next full collection.
   */
  onPiece: ((piece: Buffer | null) => void) | undefined = undefined;

  /** Gets a copy of the first bytes of a streamed body, for the request log. */
  start: BodyStart | undefined = undefined;

  /** Node's parser calls this. */
  override push(piece: Buffer | null): boolean {
    if (this.start !== undefined && piece !== null) this.start.add(piece);
    if (this.onPiece === undefined) return super.push(piece);
    this.onPiece(piece);
    return true;
  }
}

/** Gives the whole body to `done`, or the refusal of a larger one. Never calls `done` for a body that breaks off. */
export const readBody = (request: BodyRequest, done: (body: Buffer | Reply) => void): void => {
  if (Number(request.headers['content-length']) > largestFormBytes) {
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
    if (length > largestFormBytes) done(tooLarge);
  };
  request.onPiece = onPiece;
};

/** Discards the body from here on. Destroys the connection once the body exceeds 1 MiB. */
export const discardBody = (request: BodyRequest): void => {
  let left = discardedBytes;
  const onPiece = (piece: Buffer | null): void => {
    left -= piece?.length ?? 0;
    if (left < 0) request.socket.destroy();
  };
  request.onPiece = onPiece;
};

/** The same for a body that a route may have read in part: pieces that wait in the stream are dropped first. */
export const discardStream = (request: BodyRequest): void => {
  discardBody(request);
  const isUnread = request.readableFlowing === null && request.readableLength === 0;
  if (isUnread) return;
  request.unpipe();
  request.resume();
};
