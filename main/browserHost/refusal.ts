import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { Frame } from '../../preload/contract/wire.ts';
import { failure } from '../transport/reply.ts';

/** Why a request gets nothing. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  /** What happened, and what to do. */
  readonly message: string;
  /** Methods that would do, with 405. */
  readonly allow?: string;
}

/** The reply envelope, as a call that failed would have it. */
export const refusalText = ({ code, message }: Refusal): string =>
  `${JSON.stringify({ reply: failure(code, message) } satisfies Frame)}\n`;

/** Answers, and does not wait for what is still to come of the request. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const allow = refusal.allow === undefined ? {} : { allow: refusal.allow };
  const unread = request.complete ? {} : { connection: 'close' };
  response.writeHead(refusal.status, { 'content-type': 'application/json', ...allow, ...unread });
  response.end(refusalText(refusal));
}
