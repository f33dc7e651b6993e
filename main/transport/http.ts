import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ErrorCode } from '../../preload/contract/errors.ts';
import type { EventName, Events } from '../../preload/contract/events.ts';
import type { Call, Frame } from '../../preload/contract/wire.ts';
import type { Dispatch } from './dispatch.ts';
import { failure } from './reply.ts';

/** Calls `listener` for each event until the function it returns is called. */
export type Subscribe = (listener: <N extends EventName>(name: N, data: Events[N]) => void) => () => void;

export interface HttpParts {
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  readonly bearer: string;
  /** When aborted, event streams end and running bulk calls stop at their next step. */
  readonly closing: AbortSignal;
  readonly onError?: ((error: unknown) => void) | undefined;
}

const bodyLimit = 1024 * 1024;
/** What a watcher may leave unread before it is cut off. */
const unreadLimit = 1024 * 1024;

const refuse = (response: ServerResponse, status: number, code: ErrorCode, message: string): void => {
  response.writeHead(status, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
  response.end(`${JSON.stringify({ reply: failure(code, message) } satisfies Frame)}\n`);
};

/** Compares digests, so that neither content nor length of the bearer shows in the time taken. */
function hasBearer(request: IncomingMessage, bearer: string): boolean {
  const given = hash('sha256', request.headers.authorization ?? '', 'buffer');
  return timingSafeEqual(given, hash('sha256', `Bearer ${bearer}`, 'buffer'));
}

/** The body, or `undefined` when it is over the limit or was cut off. */
function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('close', () => resolve(undefined));
  });
}

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
    const body = await readBody(request);
    if (body === undefined) return refuse(response, 413, 'bad_input', 'A call may have at most 1 MiB.');
    const call = parseCall(body);
    if (call === undefined) {
      return refuse(response, 400, 'bad_input', 'A call is JSON like {"method":"topic.method","input":{}}.');
    }
    const gone = new AbortController();
    response.on('close', () => gone.abort());
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    const send = (frame: Frame) => response.write(`${JSON.stringify(frame)}\n`);
    const signal = AbortSignal.any([gone.signal, parts.closing]);
    const reply = await parts.dispatch(call, { signal, onProgress: (progress) => send({ progress }) });
    send({ reply });
    response.end();
  }

  function streamEvents(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    response.flushHeaders();
    const unsubscribe = parts.subscribe((name, data) => {
      if (response.writableLength > unreadLimit) response.destroy();
      else response.write(`${JSON.stringify({ name, data })}\n`);
    });
    const end = () => response.end();
    parts.closing.addEventListener('abort', end);
    response.on('close', () => {
      unsubscribe();
      parts.closing.removeEventListener('abort', end);
    });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!hasBearer(request, parts.bearer)) {
      return refuse(
        response,
        401,
        'unauthenticated',
        'This needs the bearer of the process that owns the data folder.',
      );
    }
    const route = `${request.method} ${request.url}`;
    if (route === 'POST /call') return await answerCall(request, response);
    if (route === 'GET /events') return streamEvents(response);
    refuse(response, 404, 'not_found', 'There are POST /call and GET /events only.');
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      parts.onError?.(error);
      response.destroy();
    });
  };
}
