import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { isAlive } from '../system/isAlive.ts';
import { bearerOf, matcherOf } from './bearer.ts';
import { readControlFile, removeControlFile, writeControlFile } from './controlFile.ts';
import type { Dispatch } from './dispatch.ts';
import { createHttpRoute, type Subscribe } from './http.ts';

/** A running process checks its socket and its file this often. The end of a login session removes them, as cleaners do. */
const checkEveryMs = 5000;

export interface ControlParts {
  /** The data folder, which this process must own. The socket and file of a dead owner are replaced. */
  readonly folder: string;
  /** Gives the path of the Unix domain socket (its folder exists), or the name of the pipe. Called again after a removal. */
  readonly socketPath: () => string;
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  /** Creates an address of the window, where this process serves one. */
  readonly windowUrl?: (() => string | Promise<string>) | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
  readonly checkEveryMs?: number;
}

export interface Control {
  /** Refuses new calls, stops bulk calls at their next step, and resolves when all running calls are answered. */
  close(): Promise<void>;
}

const isPipe = (path: string) => path.startsWith('\\\\');
const inodeOf = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.ino;

/** A server, its socket, and that socket's inode: another file at the same path has another inode. */
interface Listening {
  readonly server: Server;
  readonly socket: string;
  readonly inode: number | undefined;
}

/** Refuses new connections, and resolves when the last one is closed. */
const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });

async function listen(socket: string, route: RequestListener): Promise<Listening> {
  const server = createServer(route);
  // A connection that is kept for another call would delay closing.
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
 * Serves the contract to other processes of the same user, while this process owns the data folder. Replaces a removed
 * socket or file. Rejects with errors of listening and of writing the file; then nothing listens.
 */
export async function startControl(parts: ControlParts): Promise<Control> {
  const { folder, dispatch, subscribe, windowUrl, onError } = parts;
  const bearer = randomBytes(32).toString('base64url');
  const closing = new AbortController();
  const isBearer = matcherOf(bearer);
  const authorized = (request: IncomingMessage) => isBearer(bearerOf(request));
  const { signal } = closing;
  const route = createHttpRoute({ dispatch, subscribe, authorized, windowUrl, closing: signal, onError });
  const writeFile = ({ socket }: Listening) => writeControlFile(folder, { socket, bearer, pid: process.pid });

  let current = await listen(parts.socketPath(), route);
  const replaced: Promise<void>[] = [];
  try {
    writeFile(current);
  } catch (error) {
    await closeServer(current.server);
    throw error;
  }

  const check = async () => {
    const { socket, inode } = current;
    const written = readControlFile(folder);
    // A living process wrote another file, so this one lost the folder. The new owner keeps its socket and its file.
    if (written !== undefined && written.bearer !== bearer && isAlive(written.pid)) return;
    if (!isPipe(socket) && inodeOf(socket) !== inode) {
      // Close first, as closing removes the file at the path. Running calls are still answered.
      if (current.server.listening) replaced.push(closeServer(current.server));
      current = await listen(parts.socketPath(), route);
      writeFile(current);
    } else if (written?.bearer !== bearer) writeFile(current);
  };
  let checking: Promise<void> | undefined;
  const timer = setInterval(() => {
    // A failure (full disk, no folder) is retried next time. Until then, commands say why we cannot be reached.
    checking ??= check()
      .catch(() => undefined)
      .finally(() => {
        checking = undefined;
      });
  }, parts.checkEveryMs ?? checkEveryMs).unref();

  return {
    async close() {
      clearInterval(timer);
      await checking;
      removeControlFile(folder, bearer);
      closing.abort();
      await Promise.all([...replaced, closeServer(current.server)]);
    },
  };
}
