import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { Frame } from '../../preload/contract/wire.ts';
import { errorReply } from '../transport/errors.ts';

/** An error as a browser gets it. */
export interface HttpError {
  readonly status: number;
  readonly code: ErrorCode;
  /** Says what happened, and what to do. */
  readonly message: string;
  /** The methods that are allowed, with 405. */
  readonly allow?: string;
}

/** Gives the reply envelope, the same as that of a failed call. */
export const errorText = ({ code, message }: HttpError): string =>
  `${JSON.stringify({ reply: errorReply(code, message) } satisfies Frame)}\n`;

/** Sends the error, without waiting for the rest of the request. */
export function sendError(request: IncomingMessage, response: ServerResponse, error: HttpError): void {
  const allow = error.allow === undefined ? {} : { allow: error.allow };
  const unread = request.complete ? {} : { connection: 'close' };
  response.writeHead(error.status, { 'content-type': 'application/json', ...allow, ...unread });
  response.end(errorText(error));
}
