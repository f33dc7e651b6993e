import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join, relative } from 'node:path';
import { holderOf } from './processes.ts';

/** Free bytes for this user on the disk of a folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** The place of a folder, without the name of its user. */
export function placeOf(folder: string): string {
  const below = relative(homedir(), folder);
  return below.startsWith('..') || below === folder ? 'a folder outside of the home folder' : join('~', below);
}

/** Files of former certificate authorities in a data folder; see `main/app/certificates.ts`. */
export const formerAuthorities = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder)).filter((name) => name.startsWith('ca.pem.before-'));

/** How many files and folders of a data folder other users may use. The authority's certificate does not count. */
export async function openToOthers(folder: string): Promise<number> {
  if (process.platform === 'win32') return 0;
  const names = ['', ...(await readdir(folder))].filter((name) => !name.startsWith('ca.pem'));
  const modes = await Promise.all(
    names.map(async (name) => (await stat(join(folder, name)).catch(() => undefined))?.mode),
  );
  return modes.filter((mode = 0) => (mode & 0o077) !== 0).length;
}

const isFree = (port: number, host: string): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code !== 'EADDRINUSE'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });

const listening = '0A';

/** The sockets that listen on a port, in a table like `/proc/net/tcp`. */
export function socketsOn(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => local?.endsWith(wanted) === true && state === listening)
    .flatMap(([, , , , , , , , , inode]) => (inode === undefined ? [] : [`socket:[${inode}]`]));
}

/** Whether a port of this machine is free; otherwise the program that uses it, if that can be found out. */
export async function portUse(port: number): Promise<'free' | { readonly by: string }> {
  // Not at once: on some systems one check would block the other.
  if ((await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'))) return 'free';
  const unknown = { by: 'another program' };
  if (process.platform !== 'linux') return unknown;
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')),
  );
  const sockets = tables.flatMap((table) => socketsOn(table, port));
  const by = sockets.length === 0 ? undefined : await holderOf(sockets);
  return by === undefined ? unknown : { by };
}
