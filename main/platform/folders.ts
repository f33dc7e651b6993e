import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { posix, win32 } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Longer socket paths fail: `sun_path` has 104 bytes on macOS and 108 on Linux. */
const socketPathLimit = 100;

/** The data folder: `KEYFOB_HOME`, or the usual place of this system. */
export function dataFolder(env: Environment, platform: NodeJS.Platform): string {
  const chosen = env.KEYFOB_HOME;
  if (platform === 'win32') {
    const home = env.USERPROFILE ?? homedir();
    return win32.resolve(chosen || win32.join(env.APPDATA || win32.join(home, 'AppData', 'Roaming'), 'Keyfob'));
  }
  const home = env.HOME || homedir();
  if (chosen) return posix.resolve(chosen);
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Keyfob');
  return posix.join(absolute(env.XDG_DATA_HOME) ?? posix.join(home, '.local', 'share'), 'keyfob');
}

/** Ignores relative paths, as the XDG specification requires. */
const absolute = (path: string | undefined): string | undefined => (path?.startsWith('/') ? path : undefined);

/**
 * The address at which the owner of this data folder listens for commands: a named pipe on Windows, else a socket in a runtime folder that
 * only this user can enter. Creates the runtime folder if needed. The data folder must exist. Throws `refused` if another user created the
 * runtime folder.
 */
export function controlSocketPath(folder: string, env: Environment, platform: NodeJS.Platform): string {
  const name = `keyfob-${createHash('sha256').update(realpathSync.native(folder)).digest('hex').slice(0, 16)}`;
  if (platform === 'win32') return `\\\\.\\pipe\\${name}`;

  const uid = process.getuid?.() ?? 0;
  const socketIn = (parent: string) => posix.join(parent, `${name}.sock`);
  const runtime = absolute(env.XDG_RUNTIME_DIR);
  if (runtime !== undefined && fits(socketIn(runtime)) && isPrivate(runtime, uid)) return socketIn(runtime);

  const ours = posix.join(tmpdir(), `keyfob-${uid}`);
  const chosen = fits(socketIn(ours)) ? ours : `/tmp/keyfob-${uid}`;
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  if (!isPrivate(chosen, uid)) {
    throw new KeyfobError(
      'refused',
      `${chosen} must be a folder that belongs to you and that only you can enter. Remove it, or set XDG_RUNTIME_DIR to such a folder.`,
    );
  }
  return socketIn(chosen);
}

const fits = (path: string): boolean => Buffer.byteLength(path) <= socketPathLimit;

/** Whether it is a folder (not a link) that belongs to this user and that nobody else can enter. */
function isPrivate(path: string, uid: number): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === uid && (stat.mode & 0o077) === 0;
}
