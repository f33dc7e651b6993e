// Electron's binary: npm does not install it. Finds it, downloads it, and runs the desktop program with it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { childEnvironment } from '../system/childEnvironment.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'node_modules/electron');

/** Electron's own installer has no limit. */
const downloadLimitMs = 60_000;
/** After a failure the next attempts wait this long, so that an offline machine starts without delay. */
const retryAfterMs = 24 * 60 * 60 * 1000;
const failedMark = join(root, 'build/electronNotFetched');

/** The program's path in its folder, as Electron's installer wrote it. */
function programName(): string | undefined {
  try {
    return readFileSync(join(folder, 'path.txt'), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * The path of Electron's program, if it is installed: in its package, or in `ELECTRON_OVERRIDE_DIST_PATH`. Does not import Electron's
 * module, which would download it.
 */
export function findElectron(): string | undefined {
  const own = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = programName();
  if (!own && name === undefined) return undefined;
  const program = own ? join(own, name ?? 'electron') : join(folder, 'dist', name ?? '');
  return existsSync(program) ? program : undefined;
}

/** Downloads Electron's program in a process that Ctrl-C can stop. Returns why it failed. */
function downloadElectron(): string | undefined {
  const installer = join(folder, 'install.js');
  if (!existsSync(installer)) return 'Electron is not installed';
  const failedMs = statSync(failedMark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedMs < retryAfterMs) {
    return "Electron's binary could not be downloaded (npx install-electron tries again)";
  }
  process.stdout.write("Downloading Electron's binary, for up to a minute. Ctrl-C skips it.\n");
  const interrupted = () => undefined;
  process.on('SIGINT', interrupted);
  const env = childEnvironment(process.env);
  const args = { stdio: 'ignore', timeout: downloadLimitMs, killSignal: 'SIGKILL', env } as const;
  const { signal } = spawnSync(process.execPath, [installer], args);
  process.off('SIGINT', interrupted);
  if (findElectron() !== undefined) return undefined;
  mkdirSync(dirname(failedMark), { recursive: true });
  writeFileSync(failedMark, '');
  return signal === null ? "Electron's binary could not be downloaded" : "Electron's binary took too long to download";
}

/** An Electron that fails within this time did not start: a library or its sandbox is missing. */
const startLimitMs = 10_000;

/** Why Electron failed to start. Chromium raises SIGTRAP without its sandbox. */
function startError(code: number | null, signal: NodeJS.Signals | null): string {
  const failed = `Electron did not start (${signal ?? `exit code ${code}`}`;
  if (signal !== 'SIGTRAP' || process.platform !== 'linux') return `${failed})`;
  const cause =
    'its sandbox needs user namespaces or a setuid helper, and AppArmor (Ubuntu 23.10 and newer) or root forbids them';
  return `${failed}: ${cause}; \`npm start -- --no-sandbox\` runs it without the sandbox)`;
}

/** Runs the built program in place of this one: its exit code becomes ours. Returns why it did not start. */
function runUntilEnd(program: string, args: readonly string[]): Promise<string> {
  const started = performance.now();
  let stopRequested = false;
  return new Promise((resolve) => {
    const passOn = (signal: NodeJS.Signals) => {
      stopRequested = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    // Before the spawn: a signal right after it would end this process and leave Electron running.
    for (const signal of signals) process.on(signal, passOn);
    const child = spawn(program, [root, ...args], { stdio: 'inherit' });
    child.on('error', (error) => resolve(`Electron did not start (${error.message})`));
    child.on('exit', (code, signal) => {
      const failed = code !== 0 && !stopRequested && performance.now() - started < startLimitMs;
      if (!failed) process.exit(code ?? 1);
      for (const name of signals) process.off(name, passOn);
      resolve(startError(code, signal));
    });
  });
}

/** Shows the window in Electron and ends with it. `prepare` builds its bundles. Returns why it could not be shown. */
export async function runElectron(prepare: () => void, args: readonly string[]): Promise<string> {
  const why = findElectron() === undefined ? downloadElectron() : undefined;
  const program = findElectron();
  if (program === undefined) return why ?? 'Electron is not installed';
  prepare();
  return await runUntilEnd(program, args);
}
