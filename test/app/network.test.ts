import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { connectControl } from '../../main/transport/client.ts';
import { fillFolder, tester } from '../helpers/filled.ts';
import { createOAuthClient } from '../helpers/oauthClient.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { readSystemCalls, straceTo } from '../helpers/strace.ts';

const loopback4 = '0100007F';
const loopback6 = '00000000000000000000000001000000';
const listening = '0A';

/** The targets of a process's descriptors; a descriptor that was closed since is skipped. */
function openFiles(pid: number): readonly string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${fd}`)];
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  });
}

/** The Internet sockets of a process, each with its protocol, state, and local address and port as in /proc. */
function socketsOf(pid: number) {
  const files = openFiles(pid);
  // A system without IPv6 has no tables for it.
  const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'].filter((name) => existsSync(`/proc/${pid}/net/${name}`));
  return tables.flatMap((protocol) => {
    const [, ...lines] = readFileSync(`/proc/${pid}/net/${protocol}`, 'utf8').trim().split('\n');
    const sockets = lines.map((line) => line.trim().split(/\s+/));
    return sockets
      .filter((columns) => files.includes(`socket:[${columns[9]}]`))
      .map(([, local = '', , state]) => {
        const [address, port = ''] = local.split(':');
        return { protocol, state, address, port: Number.parseInt(port, 16) };
      });
  });
}

/** Addresses of this machine that others could connect to; link-local ones with their interface. */
const ownAddresses = Object.entries(networkInterfaces()).flatMap(([name, all = []]) =>
  all.filter(({ internal }) => !internal).map(({ address, scopeid }) => (scopeid ? `${address}%${name}` : address)),
);

const errorOfConnection = (host: string, port: number): Promise<string | undefined> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port }, () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });

test('accepts no connection from other machines, and opens none', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const log = join(folder, 'strace.log');
  const { reusing, renewing } = await fillFolder(home);
  const serving = startServing(t, folder, straceTo(log, ['%network']));
  const { pid, port, httpPort, addresses, caFile, windowUrl } = await serving.ready;
  const windowPort = Number(new URL(windowUrl).port);

  const ca = readFileSync(caFile, 'utf8');
  const clients = [
    createOAuthClient(`https://127.0.0.1:${port}`, reusing, ca),
    createOAuthClient(`http://127.0.0.1:${httpPort}`, reusing),
  ];
  for (const client of clients) {
    const { accessToken } = await client.token({ grant_type: 'password', ...tester });
    await client.token({ grant_type: 'client_credentials' }, renewing);
    assert.equal(await client.isActive(accessToken), true);
    assert.equal((await client.post('/revoke', { token: accessToken })).status, 200);
  }
  const control = connectControl(home);
  assert.ok(control);
  await control.call('devices.mint', { application: 'Shop', keyType: 'PRODUCTION', device: ['ipad', 'iphone'] });
  await control.call('snippets.render', { application: 'Shop', keyType: 'PRODUCTION' });

  const sockets = socketsOf(pid);
  const listeners = sockets.filter(({ state }) => state === listening);
  assert.deepEqual(
    new Set(listeners.map(({ protocol, address, port }) => `${protocol} ${address} ${port}`)),
    new Set([
      `tcp ${loopback4} ${windowPort}`,
      ...[port, httpPort].flatMap((at) =>
        addresses.map((address) => (address === '::1' ? `tcp6 ${loopback6} ${at}` : `tcp ${loopback4} ${at}`)),
      ),
    ]),
  );
  // All others are connections of our clients.
  const ends = new Set(
    sockets.filter(({ state }) => state !== listening).map((socket) => `${socket.protocol} ${socket.port}`),
  );
  assert.deepEqual(ends, new Set([`tcp ${port}`, `tcp ${httpPort}`]));
  for (const address of ownAddresses) {
    for (const at of [port, httpPort, windowPort])
      assert.equal(await errorOfConnection(address, at), 'ECONNREFUSED', address);
  }

  for (const client of clients) client.close();
  serving.kill('SIGTERM');
  await serving.ended;
  const calls = readSystemCalls(log);
  const internet = calls.filter(({ text }) => /sa_family=AF_INET|AF_INET6?, SOCK_(DGRAM|RAW)/.test(text));
  const reachingOut = internet.filter(
    ({ name }) => !['bind', 'accept', 'accept4', 'getsockname', 'getpeername'].includes(name),
  );
  assert.deepEqual(reachingOut, []);
  // Otherwise the log proves nothing.
  assert.ok(internet.filter(({ name }) => name === 'bind').length >= 2 * addresses.length);
});
