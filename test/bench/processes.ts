import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
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

/** Keyfob over a data folder, with both listeners on free ports. */
export function startKeyfob(folder: string): Promise<Server> {
  return start(['--expose-gc', join(import.meta.dirname, 'server.ts'), folder]);
}

async function start(args: readonly string[]): Promise<Server> {
  const [command, all] = onCore(0, process.execPath, args);
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
