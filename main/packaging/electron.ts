// Electron's binary, which npm does not bring: where it lies, fetching it, and running the desktop program under it.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { childEnvironment } from '../system/childEnvironment.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'node_modules/electron');

/** Fetching may take so long, and no longer: by itself it would wait without end. */
const fetchLimitMs = 60_000;
/** After a failure it is not tried again for so long, so that a machine without a way to it starts at once. */
const notAgainMs = 24 * 60 * 60 * 1000;
const failedMark = join(root, 'build/electronNotFetched');

/** Its name in its folder, which Electron's installer writes down. */
function programName(): string | undefined {
  try {
    return readFileSync(join(folder, 'path.txt'), 'utf8');
  } catch {
    return undefined;
  }
}

/**
 * Electron's program, when it is there: where its installer puts it, or in `ELECTRON_OVERRIDE_DIST_PATH`, which Electron knows too.
 * Electron's own module is not asked, as it would fetch it.
 */
export function findElectron(): string | undefined {
  const own = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = programName();
  if (!own && name === undefined) return undefined;
  const program = own ? join(own, name ?? 'electron') : join(folder, 'dist', name ?? '');
  return existsSync(program) ? program : undefined;
}

/** Fetches it in a process that can be stopped; only on a person's `npm start`. Tells why it could not be had. */
function fetchElectron(): string | undefined {
  const installer = join(folder, 'install.js');
  if (!existsSync(installer)) return 'Electron is not installed';
  const failedMs = statSync(failedMark, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedMs < notAgainMs) {
    return "Electron's binary could not be fetched (npx install-electron tries again)";
  }
  process.stdout.write("Fetching Electron's binary, for a minute at most; Ctrl-C does without.\n");
  const interrupted = () => undefined;
  process.on('SIGINT', interrupted);
  const env = childEnvironment(process.env);
  const args = { stdio: 'ignore', timeout: fetchLimitMs, killSignal: 'SIGKILL', env } as const;
  const { signal } = spawnSync(process.execPath, [installer], args);
  process.off('SIGINT', interrupted);
  if (findElectron() !== undefined) return undefined;
  mkdirSync(dirname(failedMark), { recursive: true });
  writeFileSync(failedMark, '');
  return signal === null ? "Electron's binary cannot be fetched here" : "Electron's binary did not come in time";
}

/** Electron that ends badly within this time did not start: a library or its sandbox is missing. */
const startLimitMs = 10_000;

/** Why it ended as it started, in a few words; Chromium traps when it cannot have its sandbox. */
function faultOf(code: number | null, signal: NodeJS.Signals | null): string {
  const ended = `Electron ended with ${signal ?? code} as it started`;
  if (signal !== 'SIGTRAP' || process.platform !== 'linux') return ended;
  const cause =
    'its sandbox needs user namespaces or a setuid helper, and AppArmor (Ubuntu 23.10 and newer) or root forbids it';
  return `${ended} (${cause}; \`npm start -- --no-sandbox\` runs it without)`;
}

/** Runs the built program as if it had been started itself: its exit code becomes ours. Tells why it did not start. */
function runUntilEnd(program: string, args: readonly string[]): Promise<string> {
  const started = performance.now();
  let toldToEnd = false;
  return new Promise((resolve) => {
    const child = spawn(program, [root, ...args], { stdio: 'inherit' });
    const passOn = (signal: NodeJS.Signals) => {
      toldToEnd = true;
      child.kill(signal);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
    for (const signal of signals) process.on(signal, passOn);
    child.on('error', (error) => resolve(`Electron does not start (${error.message})`));
    child.on('exit', (code, signal) => {
      const failed = code !== 0 && !toldToEnd && performance.now() - started < startLimitMs;
      if (!failed) process.exit(code ?? 1);
      for (const name of signals) process.off(name, passOn);
      resolve(faultOf(code, signal));
    });
  });
}

/** Shows the window in Electron, and ends with it; `prepare` builds what it runs, `args` are passed on. Tells why it cannot be shown. */
export async function runElectron(prepare: () => void, args: readonly string[]): Promise<string> {
  const why = findElectron() === undefined ? fetchElectron() : undefined;
  const program = findElectron();
  if (program === undefined) return why ?? 'Electron is not there';
  prepare();
  return await runUntilEnd(program, args);
}
