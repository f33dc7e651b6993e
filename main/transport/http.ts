import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type { Call, Frame, Reply } from '../../preload/contract/wire.ts';
import { readBody } from './body.ts';
import type { Dispatch } from './dispatch.ts';
import { errorReply } from './errors.ts';

/** Calls `listener` for each event until the function it returns is called. */
export type Subscribe = (listener: <N extends EventName>(name: N, data: Events[N]) => void) => () => void;

export interface HttpParts {
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  /** Whether a request may call. */
  readonly authorized: (request: IncomingMessage) => boolean;
  /** Creates an address of the window, which works once. Absent where no window is served. */
  readonly windowUrl?: (() => string | Promise<string>) | undefined;
  /** When aborted, event streams end and running bulk calls stop at their next step. */
  readonly closing: AbortSignal;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** The output of `POST /window`. */
export interface WindowAddress {
  readonly windowUrl: string;
}

/** Room for a backup of 32 MiB as base64. Only authorized requests get as far as sending it. */
const bodyLimit = 48 * 1024 * 1024;
/** A watcher with more unread bytes is cut off. */
const unreadLimit = 1024 * 1024;

const ndjson = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' };

const sendReply = (response: ServerResponse, status: number, reply: Reply): void => {
  response.writeHead(status, ndjson);
  response.end(`${JSON.stringify({ reply } satisfies Frame)}\n`);
};

const sendError = (response: ServerResponse, status: number, code: ErrorCode, message: string): void =>
  sendReply(response, status, errorReply(code, message));

function parseCall(body: Buffer): Call | undefined {
  try {
    const call: unknown = JSON.parse(body.toString());
    if (typeof call !== 'object' || call === null || !('method' in call) || typeof call.method !== 'string') {
      return undefined;
    }
    return { method: call.method, input: 'input' in call ? call.input : {} };
  } catch {
    return undefined;
  }
}

/**
 * Gives the HTTP listener of contract calls. `POST /call` takes a JSON `Call` and answers `Frame`s, one JSON value per
 * line, the reply last. `GET /events` streams `{name, data}` lines. Both require authorization.
 */
export function createHttpRoute(parts: HttpParts): (request: IncomingMessage, response: ServerResponse) => void {
  async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, bodyLimit);
    if (body === undefined) return sendError(response, 413, 'bad_input', 'A call may have at most 48 MiB.');
    const call = parseCall(body);
    if (call === undefined) {
      return sendError(response, 400, 'bad_input', 'A call is JSON like {"method":"topic.method","input":{}}.');
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.writeHead(200, ndjson);
    const send = (frame: Frame) => response.write(`${JSON.stringify(frame)}\n`);
    const signal = AbortSignal.any([gone.signal, parts.closing]);
    const reply = await parts.dispatch(call, { signal, onProgress: (progress) => send({ progress }) });
    send({ reply });
    response.end();
  }

  function streamEvents(response: ServerResponse): void {
    response.writeHead(200, ndjson);
    response.flushHeaders();
    const unsubscribe = parts.subscribe((name, data) => {
      if (response.writableLength > unreadLimit) response.destroy();
      else response.write(`${JSON.stringify({ name, data })}\n`);
    });
    // An event that comes while the client reads the end must not be written after it.
    const end = () => {
      unsubscribe();
      response.end();
    };
    parts.closing.addEventListener('abort', end);
    response.on('close', () => {
      unsubscribe();
      parts.closing.removeEventListener('abort', end);
    });
  }

  async function answerWindow(response: ServerResponse): Promise<void> {
    const { windowUrl } = parts;
    if (windowUrl === undefined) return sendError(response, 404, 'not_found', 'No window is served here.');
    const output: WindowAddress = { windowUrl: await windowUrl() };
    sendReply(response, 200, { ok: true, output });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!parts.authorized(request)) {
      const message = 'Send the bearer that the running Keyfob gave out; it changes with each start.';
      return sendError(response, 401, 'unauthenticated', message);
    }
    const route = `${request.method} ${request.url}`;
    if (route === 'POST /call') return await answerCall(request, response);
    if (route === 'GET /events') return streamEvents(response);
    if (route === 'POST /window') return await answerWindow(response);
    sendError(response, 404, 'not_found', 'Only POST /call and GET /events are served here.');
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      parts.onError?.(error);
      response.destroy();
    });
  };
}
