import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A session bus with an unlocked gnome-keyring, separate from the machine's own. */
export interface Keyring {
  /** The environment of processes that use this keyring. */
  readonly env: { readonly DBUS_SESSION_BUS_ADDRESS: string };
  /** Locks it. Its prompt is never answered, so access then fails. */
  lock(): void;
  /** Ends the session and removes its folder. It also ends with the process that started it. */
  stop(): Promise<void>;
}

const needed = ['dbus-run-session', 'dbus-send', 'gnome-keyring-daemon'];

/** Starts a keyring. Tests fail without it; on Debian the packages are dbus and gnome-keyring. */
export async function startKeyring(): Promise<Keyring> {
  const missing = needed.filter((program) => !isInPath(program));
  if (missing.length > 0) {
    throw new Error(`Not found: ${missing.join(', ')}. Install the Debian packages dbus and gnome-keyring.`);
  }
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-keyring-'));
  const env = { PATH: process.env.PATH ?? '', HOME: folder, XDG_DATA_HOME: folder, XDG_RUNTIME_DIR: folder };
  // The session ends when `cat` loses its input from this process.
  const script =
    'printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null; echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat';
  const session = spawn('dbus-run-session', ['--', 'bash', '-c', script], { env, stdio: ['pipe', 'pipe', 'ignore'] });
  const address = await firstLine(session);
  const bus = { DBUS_SESSION_BUS_ADDRESS: address };

  return {
    env: bus,
    lock() {
      const call = ['/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock'];
      const what = 'array:objpath:/org/freedesktop/secrets/collection/login';
      const options = ['--session', '--print-reply', '--dest=org.freedesktop.secrets'];
      execFileSync('dbus-send', [...options, ...call, what], { env: { ...env, ...bus }, stdio: 'ignore' });
    },
    async stop() {
      const ended = once(session, 'exit');
      session.stdin?.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function firstLine(session: ChildProcess): Promise<string> {
  for await (const chunk of session.stdout ?? []) return String(chunk).trim();
  throw new Error('The session bus did not start.');
}

const isInPath = (program: string): boolean =>
  (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
