import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { TestContext } from 'node:test';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { passphrase } from './app.ts';

/**
 * The command line's entry file. A whole run sets `KEYFOB_TEST_ENTRY` to the bundle that it has just built, which starts
 * in two thirds of the processor time.
 */
export const entry = resolve(import.meta.dirname, '../..', process.env.KEYFOB_TEST_ENTRY || 'main/cli.mjs');

/** Where processes of tests keep compiled code: most of the time of such tests is starting. */
export const compileCache = { NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache') };

/** A folder that is removed with the test. */
export function testFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-whole-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The environment of a keyfob process with its data folder and control socket in `folder`. */
export function environmentIn(folder: string): Record<string, string> {
  const runtime = join(folder, 'run');
  mkdirSync(runtime, { recursive: true, mode: 0o700 });
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    XDG_RUNTIME_DIR: runtime,
    KEYFOB_HOME: join(folder, 'home'),
    KEYFOB_PASSPHRASE: passphrase,
    ...compileCache,
  };
}

/** The output of `serve --json` when it is ready. */
export type Ready = EndpointStatus & {
  readonly pid: number;
  readonly port: number;
  readonly httpPort: number;
  readonly windowUrl: string;
};

/** `keyfob serve` in its own process, over `home` in the given folder. */
export interface Serving {
  /** Its output when it is ready. Rejects if it ends before. */
  readonly said: Promise<string>;
  /** The same, parsed, if it was started with `--json`. */
  readonly ready: Promise<Ready>;
  readonly ended: Promise<unknown>;
  /** Its output so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Sends a signal to the spawned process: the app, or the command it runs under. */
  kill(signal: NodeJS.Signals): void;
}

/** Starts it on free ports of HTTPS and HTTP. `under` is a command that runs another one, like strace. */
export function startServing(
  t: TestContext,
  folder: string,
  under: readonly string[] = [],
  flags: readonly string[] = ['--json'],
): Serving {
  const serve = [process.execPath, entry, 'serve', '--port', '0', '--http-port', '0', '--ui-port', '0', ...flags];
  const [command = '', ...args] = [...under, ...serve];
  const child = spawn(command, args, {
    env: environmentIn(folder),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close');
  let stdout = '';
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const said = new Promise<string>((done, failed) => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      if (stdout.includes('\n')) done(stdout);
    });
    ended.then(() => failed(new Error(`keyfob serve ended before it was ready: ${stderr}`)), failed);
  });
  // A test that kills it during the start does not await this.
  said.catch(() => {});
  return {
    said,
    get ready() {
      return said.then((text): Ready => JSON.parse(text));
    },
    ended,
    output: () => ({ stdout, stderr }),
    kill: (signal) => child.kill(signal),
  };
}
