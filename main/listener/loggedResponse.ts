import { type IncomingMessage, ServerResponse } from 'node:http';
import type { BodyStart } from './log/bodyStart.ts';

/** A response whose streamed body leaves a copy of its first bytes in `start`, once that is set. */
export class LoggedResponse<R extends IncomingMessage = IncomingMessage> extends ServerResponse<R> {
  start: BodyStart | undefined = undefined;

  override write(piece: string | Uint8Array, ...rest: unknown[]): boolean {
    this.start?.add(typeof piece === 'string' ? Buffer.from(piece) : piece);
    return super.write(piece, ...(rest as []));
  }
}
