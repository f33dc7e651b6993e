import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { bearerOf, matcherOf } from './bearer.ts';
import { removeControlFile, writeControlFile } from './controlFile.ts';
import type { Dispatch } from './dispatch.ts';
import { createHttpRoute, type Subscribe } from './http.ts';

export interface ControlParts {
  /** The data folder, which this process must own: a socket and a file left there by a dead owner are replaced. */
  readonly folder: string;
  /** Path of the Unix domain socket (its folder exists), or name of the pipe. */
  readonly socketPath: string;
  readonly dispatch: Dispatch;
  readonly subscribe: Subscribe;
  /** Makes an address of the window, where this process serves one. */
  readonly windowUrl?: (() => string | Promise<string>) | undefined;
  readonly onError?: ((error: unknown) => void) | undefined;
}

export interface Control {
  /** Takes no more calls, stops bulk calls at their next step, and resolves when all running calls are answered. */
  close(): Promise<void>;
}

const isPipe = (path: string) => path.startsWith('\\\\');

/** Serves the contract to other processes of the same person, for as long as this one owns the data folder. */
export async function startControl(parts: ControlParts): Promise<Control> {
  const { folder, socketPath, dispatch, subscribe, windowUrl, onError } = parts;
  const bearer = randomBytes(32).toString('base64url');
  const closing = new AbortController();
  const isBearer = matcherOf(bearer);
  const authorized = (request: IncomingMessage) => isBearer(bearerOf(request));
  const { signal } = closing;
  const server = createServer(
    createHttpRoute({ dispatch, subscribe, authorized, windowUrl, closing: signal, onError }),
  );
  // A connection kept for a next call would hold up the closing.
  server.maxRequestsPerSocket = 1;
  if (!isPipe(socketPath)) rmSync(socketPath, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, resolve);
  });
  if (!isPipe(socketPath)) chmodSync(socketPath, 0o600);
  writeControlFile(folder, { socket: socketPath, bearer, pid: process.pid });
  return {
    close() {
      removeControlFile(folder, bearer);
      closing.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      });
    },
  };
}
