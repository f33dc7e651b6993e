import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { bearerOf, matcherOf } from './bearer.ts';
import { readControlFile, removeControlFile, writeControlFile } from './controlFile.ts';
import type { Dispatch } from './dispatch.ts';
import { createHttpRoute, type Subscribe } from './http.ts';

/** How often a running process looks after its socket and its file: the end of a login session removes them, and cleaners do. */
const lookEveryMs = 5000;

export interface ControlParts {
  /** The data folder, which this process must own: a socket and a file left there by a dead owner are replaced. */
  readonly folder: string;
  /** Path of the Unix domain socket (its folder exists), or name of the pipe. Asked again when the socket is gone. */
  readonly socketPath: () => string;
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  /** Makes an address of the window, where this process serves one. */
  readonly windowUrl?: (() => string | Promise<string>) | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
  readonly lookEveryMs?: number;
}

export interface Control {
  /** Takes no more calls, stops bulk calls at their next step, and resolves when all running calls are answered. */
  close(): Promise<void>;
}

const isPipe = (path: string) => path.startsWith('\\\\');
const inodeOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.ino;

/** A server at a socket, and the inode that tells its socket from another one at the same path. */
interface Listening {
  readonly server: Server;
  readonly socket: string;
  readonly inode: number | undefined;
}

/** Takes no more connections, and resolves when the last one is gone. */
const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

async function listen(socket: string, route: RequestListener): Promise<Listening> {
  const server = createServer(route);
  // A connection kept for a next call would hold up the closing.
  server.maxRequestsPerSocket = 1;
  if (!isPipe(socket)) rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socket, resolve);
  });
  try {
    if (!isPipe(socket)) chmodSync(socket, 0o600);
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  return { server, socket, inode: isPipe(socket) ? undefined : inodeOf(socket) };
}

/**
 * Serves the contract to other processes of the same person, for as long as this one owns the data folder. A socket or file that
 * is removed meanwhile is replaced. Throws what listening and writing the file throw; then nothing listens.
 */
export async function startControl(parts: ControlParts): Promise<Control> {
  const { folder, dispatch, subscribe, windowUrl, onError } = parts;
  const bearer = randomBytes(32).toString('base64url');
  const closing = new AbortController();
  const isBearer = matcherOf(bearer);
  const authorized = (request: IncomingMessage) => isBearer(bearerOf(request));
  const { signal } = closing;
  const route = createHttpRoute({ dispatch, subscribe, authorized, windowUrl, closing: signal, onError });
  const tell = ({ socket }: Listening) => writeControlFile(folder, { socket, bearer, pid: process.pid });

  let current = await listen(parts.socketPath(), route);
  const replaced: Promise<void>[] = [];
  try {
    tell(current);
  } catch (error) {
    await closeServer(current.server);
    throw error;
  }

  const look = async () => {
    const { socket, inode } = current;
    if (!isPipe(socket) && inodeOf(socket) !== inode) {
      // First, as it removes what is at its path; calls that run are still answered.
      if (current.server.listening) replaced.push(closeServer(current.server));
      current = await listen(parts.socketPath(), route);
      tell(current);
    } else if (readControlFile(folder)?.bearer !== bearer) tell(current);
  };
  let looking: Promise<void> | undefined;
  const timer = setInterval(() => {
    // What fails now (no room, no folder) is tried again next time; commands say meanwhile why nobody can be reached.
    looking ??= look()
      .catch(() => undefined)
      .finally(() => {
        looking = undefined;
      });
  }, parts.lookEveryMs ?? lookEveryMs).unref();

  return {
    async close() {
      clearInterval(timer);
      await looking;
      removeControlFile(folder, bearer);
      closing.abort();
      await Promise.all([...replaced, closeServer(current.server)]);
    },
  };
}
