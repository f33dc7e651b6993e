import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createWindowFiles } from '../page/files.ts';
import { pageHeaders, safeHeaders } from '../page/headers.ts';
import { bearerOf } from '../transport/bearer.ts';
import { readBody } from '../transport/body.ts';
import { createHttpRoute, type HttpParts } from '../transport/http.ts';
import { admit } from './admission.ts';
import { isOtherUser } from './peer.ts';
import { refuse } from './refusal.ts';
import type { Sessions } from './sessions.ts';

export interface AnswerParts extends Pick<HttpParts, 'dispatch' | 'subscribe' | 'closing' | 'onError'> {
  readonly port: number;
  readonly sessions: Sessions;
  /** Where the built window lies. */
  readonly folder: string;
}

const sessionLimit = 1024;

/** The method of each path that is no file. */
const methods: ReadonlyMap<string, string> = new Map([
  ['/session', 'POST'],
  ['/call', 'POST'],
  ['/events', 'GET'],
]);

const isJson = ({ headers }: IncomingMessage): boolean =>
  /^application\/json(?:\s*;.*)?$/i.test(headers['content-type'] ?? '');

function tokenIn(body: Buffer): string | undefined {
  try {
    const asked: unknown = JSON.parse(body.toString());
    const isObject = typeof asked === 'object' && asked !== null;
    return isObject && 'token' in asked && typeof asked.token === 'string' ? asked.token : undefined;
  } catch {
    return undefined;
  }
}

/** Answers a browser: the window's files to whoever asks properly, calls and events to a session. */
export function createAnswer(parts: AnswerParts): RequestListener {
  const { port, sessions } = parts;
  const files = createWindowFiles(parts.folder, 'index.html');
  const route = createHttpRoute({ ...parts, authorized: (request) => sessions.isOpen(bearerOf(request)) });

  async function answerPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = await files.page();
    if (page === undefined) {
      const message = 'The window has not been built yet; `npm start` and `npm run build` do so.';
      return refuse(request, response, { status: 503, code: 'not_found', message });
    }
    response.writeHead(200, pageHeaders(page.nonce));
    response.end(page.html);
  }

  async function answerFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = await files.file(request.url ?? '');
    if (file === undefined) {
      return refuse(request, response, { status: 404, code: 'not_found', message: 'Nothing is served at this path.' });
    }
    const cacheControl = file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache';
    response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': cacheControl });
    response.end(file.body);
  }

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request, sessionLimit);
    if (body === undefined) {
      const message = 'What opens a session has at most 1 KiB.';
      return refuse(request, response, { status: 413, code: 'bad_input', message });
    }
    const token = tokenIn(body);
    if (token === undefined) {
      const message = 'What opens a session is JSON like {"token":"…"}.';
      return refuse(request, response, { status: 400, code: 'bad_input', message });
    }
    if (await isOtherUser(request.socket)) {
      const message = 'This window belongs to another user of this machine.';
      return refuse(request, response, { status: 403, code: 'refused', message });
    }
    const bearer = sessions.open(token);
    if (bearer === undefined) {
      const message = 'This address was used before, or Keyfob was started anew; `keyfob window` shows a fresh one.';
      return refuse(request, response, { status: 401, code: 'unauthenticated', message });
    }
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ bearer }));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    const { method, url = '' } = request;
    const refusal = admit(request, port);
    if (refusal !== undefined) return refuse(request, response, refusal);
    const allow = methods.get(url) ?? 'GET';
    if (method !== allow) {
      const message = `There is ${allow} only at this path.`;
      return refuse(request, response, { status: 405, code: 'bad_input', message, allow });
    }
    // A form on a foreign page cannot send this type.
    if (method === 'POST' && !isJson(request)) {
      const message = 'Send application/json.';
      return refuse(request, response, { status: 415, code: 'bad_input', message });
    }
    if (url === '/session') return await openSession(request, response);
    if (methods.has(url)) return route(request, response);
    return url === '/' ? await answerPage(request, response) : await answerFile(request, response);
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      parts.onError?.(error);
      response.destroy();
    });
  };
}
