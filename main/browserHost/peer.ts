import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';

/** The addresses of 127.0.0.1 as Linux writes them: of its own, and of an IPv6 socket that speaks IPv4. */
const tables = [
  { file: '/proc/net/tcp', address: '0100007F' },
  { file: '/proc/net/tcp6', address: '0000000000000000FFFF00000100007F' },
];

const hex = (port: number): string => port.toString(16).toUpperCase().padStart(4, '0');

/** The user whose socket is connected from one port of 127.0.0.1 to another, by a table of sockets; `undefined` if none is. */
export function ownerOf(table: string, address: string, fromPort: number, toPort: number): number | undefined {
  const [from, to] = [`${address}:${hex(fromPort)}`, `${address}:${hex(toPort)}`];
  for (const line of table.split('\n')) {
    const [, local, remote, , , , , uid] = line.trim().split(/\s+/);
    if (local === from && remote === to) return Number(uid);
  }
  return undefined;
}

/**
 * Whether the other end of a connection from this machine is known to be another user's: he may have read the address off a
 * browser's command line. Known on Linux only; root counts as ourselves, as nothing is kept from it anyway.
 */
export async function isOtherUser({ remotePort = 0, localPort = 0 }: Socket): Promise<boolean> {
  const own = process.getuid?.();
  if (own === undefined || process.platform !== 'linux') return false;
  for (const { file, address } of tables) {
    const table = await readFile(file, 'utf8').catch(() => '');
    const uid = ownerOf(table, address, remotePort, localPort);
    if (uid !== undefined) return uid !== own && uid !== 0;
  }
  return false;
}
