import { createServer, type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { rawReply } from '../listener/reply.ts';
import { listen } from '../listener/sockets/listeners.ts';
import type { AnswerParts } from './answer.ts';
import { errorText, type HttpError } from './errors.ts';
import { loopback } from './peer.ts';
import { createSessions } from './sessions.ts';

export interface Timeouts {
  /** For the headers of a request, and for all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often Node checks these two. */
  readonly checkMs: number;
  /** How long running requests may take to finish at the end. */
  readonly drainMs: number;
}

const defaultTimeouts: Timeouts = { headersMs: 10_000, requestMs: 30_000, checkMs: 5_000, drainMs: 2_000 };

/** One port for all starts, so that bookmarks and the browser's storage for this address last. */
export const usualPort = 8242;

export interface BrowserHostParts extends Pick<AnswerParts, 'dispatch' | 'subscribe' | 'folder' | 'onError'> {
  /** The port of 127.0.0.1; 0 for any free one. Without it: {@link usualPort}, or a free one when that is taken. */
  readonly port?: number | undefined;
  readonly timeouts?: Timeouts;
}

/** The window for a browser on this machine. */
export interface BrowserHost {
  readonly port: number;
  /** Gives an address that opens the window once. Its secret is in the fragment, which browsers never send. */
  newUrl(): string;
  /** Ends event streams, stops bulk calls at their next step, answers running requests, and closes all connections. */
  close(): Promise<void>;
}

/** Rejects with `port_in_use`, with a free port in its details. */
async function listenOrExplain(server: Server, port: number): Promise<number> {
  try {
    return await listen(server, loopback, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const other = createServer();
    const free = await listen(other, loopback, 0);
    other.close();
    const what = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened by this user';
    const message = `Port ${port} ${what}; choose another one for the window: ${free} is free.`;
    throw new KeyfobError('port_in_use', message, { port: { taken: port, free } });
  }
}

/** Listens on the wanted port, else on the usual one, else on a free one. */
async function listenOn(server: Server, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) return await listenOrExplain(server, wanted);
  try {
    return await listenOrExplain(server, usualPort);
  } catch (error) {
    if (!(error instanceof KeyfobError)) throw error;
    return await listen(server, loopback, 0);
  }
}

function brokenRequest(code: string | undefined): HttpError {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, code: 'bad_input', message: 'The request took too long to arrive.' };
  }
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, code: 'bad_input', message: 'The headers are too long.' };
  return { status: 400, code: 'bad_input', message: 'This is not an HTTP/1.1 request.' };
}

function onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const broken = brokenRequest(error.code);
  const reply = { status: broken.status, headers: ['Content-Type', 'application/json'], body: errorText(broken) };
  socket.end(rawReply(reply, Date.now()), () => socket.destroy());
}

/**
 * Serves the window to browsers of this machine, on its own listener. Loads the rest of this room with the first request,
 * which keeps the start fast. Rejects with `port_in_use` for a taken port that `parts` names.
 */
export async function startBrowserHost(parts: BrowserHostParts): Promise<BrowserHost> {
  const { port: wanted, timeouts = defaultTimeouts, ...rest } = parts;
  const sessions = createSessions();
  const closing = new AbortController();
  let answer: Promise<RequestListener> | undefined;

  const server = createServer({
    headersTimeout: timeouts.headersMs,
    requestTimeout: timeouts.requestMs,
    connectionsCheckingInterval: timeouts.checkMs,
    // Our rules refuse a missing or repeated header with a reason.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
  });
  const port = await listenOn(server, wanted);
  server.on('clientError', onClientError);
  server.on('error', (error) => parts.onError?.(error));
  server.on('request', (request, response) => {
    response.once('close', () => {
      if (closing.signal.aborted) server.closeIdleConnections();
    });
    answer ??= import('./answer.ts').then(({ createAnswer }) =>
      createAnswer({ ...rest, port, sessions, closing: closing.signal }),
    );
    answer.then(
      (listener) => listener(request, response),
      (error: unknown) => {
        parts.onError?.(error);
        response.destroy();
      },
    );
  });

  return {
    port,
    newUrl: () => `http://${loopback}:${port}/#token=${sessions.newToken()}`,
    close() {
      closing.abort();
      const late = setTimeout(() => server.closeAllConnections(), timeouts.drainMs);
      return new Promise((resolve) => {
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        server.closeIdleConnections();
      });
    },
  };
}
