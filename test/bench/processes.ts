import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Settings } from '../../preload/contract/settings/settings.ts';
import { onCore } from './machine.ts';

/** What a server started here says of itself when it is ready. */
export interface Ready {
  readonly http?: string;
  readonly https?: string;
}

export interface Memory {
  readonly rssMiB: number;
  readonly heapMiB: number;
}

/** A server in its own process, on the servers' core. It ends by itself when this process does. */
export interface Server {
  readonly pid: number;
  readonly ready: Ready;
  /** After a garbage collection; of Keyfob only. */
  memory(): Promise<Memory>;
  stop(): Promise<void>;
}

export interface Tls {
  readonly key: string;
  readonly cert: string;
  /** Of the authority that signed it. */
  readonly ca: string;
}

const startLimitMs = 60_000;

/** The bare handler; over HTTPS when it is given a key and a certificate. */
export function startFloor(answers: Readonly<Record<string, string>>, tls?: Tls): Promise<Server> {
  return start([join(import.meta.dirname, 'floor.mjs'), JSON.stringify({ answers, tls })]);
}

/** Keyfob over a data folder, with both listeners on free ports, and with these settings changed. */
export function startKeyfob(folder: string, settings: Partial<Settings> = {}): Promise<Server> {
  return start(['--expose-gc', join(import.meta.dirname, 'server.ts'), folder, JSON.stringify(settings)]);
}

/** Another OAuth2 server: a program next to its packages, see peers/. */
export const startPeer = (program: string, options: Readonly<Record<string, unknown>>): Promise<Server> =>
  start([program, JSON.stringify(options)]);

/** A backend for the gateway, on the generator's core. */
export const startBackend = (): Promise<Server> => start([join(import.meta.dirname, 'gateway/backend.mjs')], 1);

/** A bare proxy in front of a backend. `refusal` is the reply at `/refused`. */
export const startProxy = (options: {
  readonly backend: string;
  readonly refusal: { readonly status: number; readonly body: string };
  readonly tls?: Tls;
}): Promise<Server> => start(['--expose-gc', join(import.meta.dirname, 'gateway/proxy.mjs'), JSON.stringify(options)]);

async function start(args: readonly string[], core: 0 | 1 = 0): Promise<Server> {
  const [command, all] = onCore(core, process.execPath, args);
  const child = spawn(command, all, { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const ready = await firstLine(child);
  return {
    pid: child.pid ?? 0,
    ready,
    async memory() {
      child.send('memory');
      const [memory] = await once(child, 'message');
      return memory;
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.disconnect();
      await once(child, 'exit');
    },
  };
}

async function firstLine(child: ChildProcess): Promise<Ready> {
  if (child.stdout === null) throw new Error('The output of a server must be a pipe.');
  const limit = setTimeout(() => child.kill(), startLimitMs);
  try {
    for await (const line of createInterface(child.stdout)) return JSON.parse(line);
  } finally {
    clearTimeout(limit);
    child.stdout.resume();
  }
  throw new Error(`A server ended before it was ready, with ${child.exitCode ?? child.signalCode}.`);
}
