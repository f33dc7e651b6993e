import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** The only address that may connect. Other users can bind to any address of 127.0.0.0/8. */
export const loopback = '127.0.0.1';

/** The user at the other end of a connection; `unknown` when the system does not tell. */
export type Peer = 'own' | 'other' | 'unknown';

/** How Linux writes 127.0.0.1: for an IPv4 socket, and for an IPv6 socket that speaks IPv4. */
const tables = [
  { file: '/proc/net/tcp', address: '0100007F' },
  { file: '/proc/net/tcp6', address: '0000000000000000FFFF00000100007F' },
];

/** Linux may skip a row while connections open and close, so retry for a missing one. */
const attempts = 3;

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/**
 * Gives the user id of the socket that connects two ports of 127.0.0.1, from a table of sockets. Gives `undefined` for no
 * such row, and for one without an inode: its program has closed the socket, and Linux writes user 0.
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
 * Gives the user who connected. Another user may have read the window's address from a browser's command line, so only
 * `own` gets a session. Linux tells the owner; root counts as `own`, as it can read everything anyway. On other systems
 * every peer counts as `own`, as no address is on a command line there (`openingFile.ts`).
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
