import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { AnswerParts } from './answer.ts';
import { type Refusal, refusalText } from './refusal.ts';
import { createSessions } from './sessions.ts';

export interface Timeouts {
  /** For the headers of a request, and for all of it. */
  readonly headersMs: number;
  readonly requestMs: number;
  /** How often these two are looked after. */
  readonly checkMs: number;
  /** How long what runs may take to finish at the end. */
  readonly drainMs: number;
}

const defaultTimeouts: Timeouts = { headersMs: 10_000, requestMs: 30_000, checkMs: 5_000, drainMs: 2_000 };

/** Always the same, so that bookmarks and what a browser keeps for this address last. */
export const usualPort = 8242;

export interface BrowserHostParts extends Pick<AnswerParts, 'dispatch' | 'subscribe' | 'folder' | 'onError'> {
  /** The port of 127.0.0.1 to listen at; 0 for any free one. Without it, {@link usualPort}, or a free one when that is taken. */
  readonly port?: number | undefined;
  readonly timeouts?: Timeouts;
}

/** The window for a browser on this machine. */
export interface BrowserHost {
  readonly port: number;
  /** An address that opens the window once. Its secret is in the fragment, which browsers send to nobody. */
  newUrl(): string;
  /** Ends event streams, stops bulk calls at their next step, answers what runs, and resolves when all are gone. */
  close(): Promise<void>;
}

const address = '127.0.0.1';

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port }, () => {
      server.removeListener('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });

/** Rejects with `port_in_use`, and a free one in its details. */
async function listenOrSay(server: Server, port: number): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    const other = createServer();
    const free = await listen(other, 0);
    other.close();
    const what = code === 'EADDRINUSE' ? 'is in use by another program' : 'may not be opened by this user';
    const message = `Port ${port} ${what}; choose another one for the window: ${free} is free.`;
    throw new KeyfobError('port_in_use', message, { port: { taken: port, free } });
  }
}

/** Listens at the port that was asked for, or else at the usual one if it is free. */
async function listenAt(server: Server, wanted: number | undefined): Promise<number> {
  if (wanted !== undefined) return await listenOrSay(server, wanted);
  try {
    return await listenOrSay(server, usualPort);
  } catch (error) {
    if (!(error instanceof KeyfobError)) throw error;
    return await listen(server, 0);
  }
}

function brokenRequest(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return { status: 408, code: 'bad_input', message: 'The request took too long to arrive.' };
  }
  if (code === 'HPE_HEADER_OVERFLOW') return { status: 431, code: 'bad_input', message: 'The headers are too long.' };
  return { status: 400, code: 'bad_input', message: 'This is no HTTP/1.1 request.' };
}

function onClientError(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const refusal = brokenRequest(error.code);
  const text = refusalText(refusal);
  const head = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`;
  const headers = `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close`;
  socket.end(`${head}\r\n${headers}\r\n\r\n${text}`, () => socket.destroy());
}

/**
 * Shows the window to browsers of this machine, on a listener of its own. Loads what answers with the first request, as
 * it is not needed before. Rejects with `port_in_use` for a port that was asked for.
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
    // What is missing or sent twice is refused by the rules, with words.
    requireHostHeader: false,
    joinDuplicateHeaders: true,
  });
  const port = await listenAt(server, wanted);
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
    newUrl: () => `http://${address}:${port}/#token=${sessions.newToken()}`,
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
