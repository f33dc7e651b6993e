import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type { Call, Frame, Reply } from '../../preload/contract/wire.ts';
import { readBody } from './body.ts';
import type { Dispatch } from './dispatch.ts';
import { failure } from './reply.ts';

/** Calls `listener` for each event until the function it returns is called. */
export type Subscribe = (listener: <N extends EventName>(name: N, data: Events[N]) => void) => () => void;

export interface HttpParts {
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  /** Whether a request shows that it may call. */
  readonly authorized: (request: IncomingMessage) => boolean;
  /** Makes an address that shows the window, and works once; absent where there is none to show. */
  readonly windowUrl?: (() => string | Promise<string>) | undefined;
  /** When aborted, event streams end and running bulk calls stop at their next step. */
  readonly closing: AbortSignal;
  readonly onError?: ((error: unknown) => void) | undefined;
}

/** What `POST /window` answers. */
export interface WindowAddress {
  readonly windowUrl: string;
}

/** Room for a backup of 32 MiB as base64; only who may call gets as far as sending it. */
const bodyLimit = 48 * 1024 * 1024;
/** What a watcher may leave unread before it is cut off. */
const unreadLimit = 1024 * 1024;

const ndjson = { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' };

const answerWith = (response: ServerResponse, status: number, reply: Reply): void => {
  response.writeHead(status, ndjson);
  response.end(`${JSON.stringify({ reply } satisfies Frame)}\n`);
};

const refuse = (response: ServerResponse, status: number, code: ErrorCode, message: string): void =>
  answerWith(response, status, failure(code, message));

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
 * The one HTTP route of contract calls. `POST /call` takes a JSON `Call` and answers `Frame`s, one JSON value per line,
 * the reply last; `GET /events` streams `{name, data}` lines. Both ask for the bearer.
 */
export function createHttpRoute(parts: HttpParts): (request: IncomingMessage, response: ServerResponse) => void {
  async function answerCall(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, bodyLimit);
    if (body === undefined) return refuse(response, 413, 'bad_input', 'A call may have at most 48 MiB.');
    const call = parseCall(body);
    if (call === undefined) {
      return refuse(response, 400, 'bad_input', 'A call is JSON like {"method":"topic.method","input":{}}.');
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
    // What is told while the client still reads the end must not be written behind it.
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
    if (windowUrl === undefined) return refuse(response, 404, 'not_found', 'No window is served here.');
    const output: WindowAddress = { windowUrl: await windowUrl() };
    answerWith(response, 200, { ok: true, output });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!parts.authorized(request)) {
      const message = 'This needs the bearer that the process which owns the data folder gave out, and knows still.';
      return refuse(response, 401, 'unauthenticated', message);
    }
    const route = `${request.method} ${request.url}`;
    if (route === 'POST /call') return await answerCall(request, response);
    if (route === 'GET /events') return streamEvents(response);
    if (route === 'POST /window') return await answerWindow(response);
    refuse(response, 404, 'not_found', 'There are POST /call and GET /events only.');
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      parts.onError?.(error);
      response.destroy();
    });
  };
}
