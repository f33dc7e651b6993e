import { readdir, readFile, readlink, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

/** Programs that are named by the script they run. */
const interpreters = /^(?:node|nodejs|bun|deno|java|perl|php|python[\d.]*|ruby)$/;

/** Keyfob's entry files, relative to its folder. */
const ownEntries = ['main/cli.mjs', 'main/cli.ts', 'main/start.mjs', 'build/main/cli.js', 'build/desktop/main.js'];

const isFile = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined))?.isFile() === true;

async function isOwn(script: string): Promise<boolean> {
  const entry = ownEntries.find((name) => script.endsWith(`/${name}`));
  if (entry === undefined) return false;
  const manifest = await readFile(join(script.slice(0, -entry.length), 'package.json'), 'utf8').catch(() => '');
  return /"name":\s*"keyfob-desktop"/.test(manifest);
}

/** The script that an interpreter runs: the first argument that names a file. */
async function scriptOf(pid: string, args: readonly string[]): Promise<string | undefined> {
  const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '/');
  for (const word of args) {
    const path = resolve(folder, word);
    if (!word.startsWith('-') && word !== '' && (await isFile(path))) return await realpath(path).catch(() => path);
  }
  return undefined;
}

/** The name of a program, without its arguments, which may hold secrets and names. */
async function programOf(pid: string): Promise<string> {
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  const [command = '', ...args] = commandLine.split('\0');
  const file = await readlink(`/proc/${pid}/exe`).catch(() => command);
  // Linux adds this when the program was updated since it started.
  const program = basename(file.replace(/ \(deleted\)$/, '')) || 'a program';
  if (program.toLowerCase() === 'keyfob') return 'another Keyfob';
  if (!interpreters.test(program)) return program;
  const script = await scriptOf(pid, args);
  if (script === undefined) return program;
  if (await isOwn(script)) return 'another Keyfob';
  return `${program} ${basename(script)}`;
}

/** The program that holds one of these sockets (`socket:[inode]`), if Linux shows it to this user. */
export async function holderOf(sockets: readonly string[]): Promise<string | undefined> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const file of files) {
      const target = await readlink(`/proc/${pid}/fd/${file}`).catch(() => '');
      if (sockets.includes(target)) return `${await programOf(pid)} (process ${pid})`;
    }
  }
  return undefined;
}
