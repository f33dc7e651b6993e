import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createWindowFiles } from '../page/files.ts';
import { pageHeaders, safeHeaders } from '../page/headers.ts';
import { bearerOf } from '../transport/bearer.ts';
import { readBody } from '../transport/body.ts';
import { createHttpRoute, type HttpParts } from '../transport/http.ts';
import { admit, openingPath } from './admission.ts';
import { type HttpError, sendError } from './errors.ts';
import { peerOf } from './peer.ts';
import type { Sessions } from './sessions.ts';

export interface AnswerParts extends Pick<HttpParts, 'dispatch' | 'subscribe' | 'closing' | 'onError'> {
  readonly port: number;
  readonly sessions: Sessions;
  /** The folder of the built window. */
  readonly folder: string;
}

const sessionLimit = 1024;

/** The method of each path that names no file. */
const methods: ReadonlyMap<string, string> = new Map([
  ['/session', 'POST'],
  [openingPath, 'POST'],
  ['/call', 'POST'],
  ['/events', 'GET'],
]);

const isOfType = ({ headers }: IncomingMessage, type: string): boolean =>
  (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() === type;

function tokenInJson(body: Buffer): string | undefined {
  try {
    const content: unknown = JSON.parse(body.toString());
    const isObject = typeof content === 'object' && content !== null;
    return isObject && 'token' in content && typeof content.token === 'string' ? content.token : undefined;
  } catch {
    return undefined;
  }
}

const tokenInForm = (body: Buffer): string | undefined =>
  new URLSearchParams(body.toString()).get('token') ?? undefined;

const notOwn: Readonly<Record<'other' | 'unknown', HttpError>> = {
  other: { status: 403, code: 'refused', message: 'This window belongs to another user of this machine.' },
  unknown: {
    status: 403,
    code: 'refused',
    message:
      'The system does not tell which user runs this browser. Use a browser of the user who started Keyfob, on the same system.',
  },
};

const usedBefore: HttpError = {
  status: 401,
  code: 'unauthenticated',
  message: 'This link was already used, or Keyfob has restarted. Run `keyfob window` for a new one.',
};

/** Gives the token that a program of this user sends. Else sends the error, and gives `undefined`. */
async function readToken(
  request: IncomingMessage,
  response: ServerResponse,
  tokenIn: (body: Buffer) => string | undefined,
): Promise<string | undefined> {
  const body = await readBody(request, sessionLimit);
  const token = body === undefined ? undefined : tokenIn(body);
  const peer = await peerOf(request.socket);
  if (body === undefined) {
    const message = 'The body may have at most 1 KiB.';
    sendError(request, response, { status: 413, code: 'bad_input', message });
  } else if (token === undefined) {
    const message = 'Send JSON like {"token":"…"}.';
    sendError(request, response, { status: 400, code: 'bad_input', message });
  } else if (peer !== 'own') {
    sendError(request, response, notOwn[peer]);
  } else {
    return token;
  }
  return undefined;
}

/** Answers a browser: files of the window to any admitted request, calls and events to a session. */
export function createAnswer(parts: AnswerParts): RequestListener {
  const { port, sessions } = parts;
  const files = createWindowFiles(parts.folder, 'index.html');
  const route = createHttpRoute({ ...parts, authorized: (request) => sessions.isOpen(bearerOf(request)) });

  async function answerPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const page = await files.page();
    if (page === undefined) {
      const message = 'The window is not built. Run `npm start` or `npm run build`.';
      return sendError(request, response, { status: 503, code: 'not_found', message });
    }
    response.writeHead(200, pageHeaders(page.nonce));
    response.end(page.html);
  }

  async function answerFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const file = await files.file(request.url ?? '');
    if (file === undefined) {
      return sendError(request, response, {
        status: 404,
        code: 'not_found',
        message: 'Nothing is served at this path.',
      });
    }
    const cacheControl = file.immutable ? 'private, max-age=31536000, immutable' : 'no-cache';
    response.writeHead(200, { 'Content-Type': file.type, 'Cache-Control': cacheControl });
    response.end(file.body);
  }

  async function openSession(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = await readToken(request, response, tokenInJson);
    if (token === undefined) return;
    const bearer = sessions.open(token);
    if (bearer === undefined) return sendError(request, response, usedBefore);
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(JSON.stringify({ bearer }));
  }

  /** Sends a browser from our file to the page. A redirect would keep the file's origin, and be refused. */
  async function openFromFile(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = await readToken(request, response, tokenInForm);
    if (token === undefined) return;
    const next = sessions.renew(token);
    if (next === undefined) return sendError(request, response, usedBefore);
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>Keyfob</title><meta http-equiv="refresh" content="0; url=/#token=${next}">`);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    for (const [name, value] of Object.entries(safeHeaders)) response.setHeader(name, value);
    const { method, url = '' } = request;
    const refusal = admit(request, port);
    if (refusal !== undefined) return sendError(request, response, refusal);
    const allow = methods.get(url) ?? 'GET';
    if (method !== allow) {
      const message = `Use ${allow} at this path.`;
      return sendError(request, response, { status: 405, code: 'bad_input', message, allow });
    }
    // A form on a foreign page cannot send JSON.
    const type = url === openingPath ? 'application/x-www-form-urlencoded' : 'application/json';
    if (method === 'POST' && !isOfType(request, type)) {
      const message = `Send ${type}.`;
      return sendError(request, response, { status: 415, code: 'bad_input', message });
    }
    if (url === '/session') return await openSession(request, response);
    if (url === openingPath) return await openFromFile(request, response);
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
