import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** The only address that may connect. All of 127.0.0.0/8 leads here, and other users can bind to any of it. */
export const loopback = '127.0.0.1';

/** Whose program holds the other end of a connection; `unknown` when the system does not say. */
export type Peer = 'own' | 'other' | 'unknown';

/** 127.0.0.1 as Linux writes it, of an IPv4 socket and of an IPv6 socket that speaks IPv4. */
const tables = [
  { file: '/proc/net/tcp', address: '0100007F' },
  { file: '/proc/net/tcp6', address: '0000000000000000FFFF00000100007F' },
];

/** Linux may skip a row while other connections come and go, so a missing one is looked for again. */
const attempts = 3;

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * The user id of the socket that is connected from one port of 127.0.0.1 to another, by a table of sockets. `undefined` if the table has
 * no such row, or the row has no inode: a socket that its program has closed belongs to nobody, and Linux writes user 0 there.
 */
export function ownerOf(table: string, address: string, fromPort: number, toPort: number): number | undefined {
  const [from, to] = [`${address}:${hex(fromPort)}`, `${address}:${hex(toPort)}`];
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , uid = '', , inode = ''] = line.trim().split(/\s+/);
    if (local !== from || remote !== to) continue;
    if (/^\d+$/.test(uid) && /^[1-9]\d*$/.test(inode)) return Number(uid);
  }
  return undefined;
}

/**
 * Whose program connected. Another user may have read the window's address off a browser's command line, so anything but `own` gets no
 * session. Linux tells the owner of a connection; root counts as ourselves, as nothing is kept from it anyway. Other systems do not tell, and there
 * the address is never on a command line (`openingFile.ts`): every peer counts as `own`.
 */
export async function peerOf({ remoteAddress, remotePort = 0, localPort = 0 }: Socket): Promise<Peer> {
  if (remoteAddress !== loopback) return 'unknown';
  const own = process.getuid?.();
  if (own === undefined || process.platform !== 'linux') return 'own';
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    for (const { file, address } of tables) {
      const table = await readFile(file, 'utf8').catch(() => '');
      const uid = ownerOf(table, address, remotePort, localPort);
      if (uid !== undefined) return uid === own || uid === 0 ? 'own' : 'other';
    }
  }
  return 'unknown';
}
