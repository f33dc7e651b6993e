import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { ownerOf } from '../../main/browserHost/peer.ts';
import { serveWindow, tokenOf } from './served.ts';

const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 2 1 0 20 4 30 10 -1
   2: 0100007F:C001 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 3 1 0 20 4 30 10 -1
   3: 0100007F:C001 0100007F:1F91 01 00000000:00000000 00:00000000 00000000  1001        0 4 1 0 20 4 30 10 -1
   4: 0100007F:C003 0100007F:1F90 05 00000000:00000000 00:00000000 00000000     0        0 0 1 0 20 4 30 10 -1
   5: 0100007F:C004 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  none        0 4 1 0 20 4 30 10 -1
   6: 0100007F:C005 0100007F:1F90 01
   7: 0200007F:C006 0100007F:1F90 01 00000000:00000000 00:00000000 00000000  1000        0 5 1 0 20 4 30 10 -1
`;

test('the owner of a connection is the owner of its other end', () => {
  assert.equal(ownerOf(table, '0100007F', 0xc001, 8080), 1000);
  assert.equal(ownerOf(table, '0100007F', 0xc001, 8081), 1001);
  assert.equal(ownerOf(table, '0100007F', 0xc002, 8080), undefined);
  assert.equal(ownerOf('', '0100007F', 0xc001, 8080), undefined);
});

test('gives no owner for a row without one, a malformed row and a row of another address', () => {
  for (const port of [0xc003, 0xc004, 0xc005, 0xc006])
    assert.equal(ownerOf(table, '0100007F', port, 8080), undefined, port.toString(16));
});

/** Opens a session from another process. */
const client = `
const [port, host, localAddress, path, type, body] = process.argv.slice(1);
const head = ['POST ' + path + ' HTTP/1.1', 'Host: 127.0.0.1:' + port, 'Content-Type: ' + type, 'Connection: close',
  ...(path === '/open' ? ['Origin: null'] : []), 'Content-Length: ' + body.length];
const socket = require('node:net').connect({ port: Number(port), host, localAddress: localAddress || undefined }, () => {
  socket.write(head.join('\\r\\n') + '\\r\\n\\r\\n' + body);
});
socket.pipe(process.stdout);`;

const ways = [
  { path: '/session', type: 'application/json', body: (token: string) => JSON.stringify({ token }) },
  { path: '/open', type: 'application/x-www-form-urlencoded', body: (token: string) => `token=${token}` },
];

/** Ways to connect: IPv6 sockets are in another table, and a program may bind to any address of 127.0.0.0/8. */
const connections = [
  { to: '127.0.0.1', from: '' },
  { to: '::ffff:127.0.0.1', from: '' },
  { to: '127.0.0.1', from: '127.0.0.2' },
  { to: '::ffff:127.0.0.1', from: '::ffff:127.9.9.9' },
];

const nobody = 65_534;

// Only root can switch to another user.
for (const uid of process.getuid?.() === 0 ? [undefined, nobody] : [undefined]) {
  test(`opens a session to ${uid === undefined ? 'our own programs, from 127.0.0.1 only' : 'no other user'}`, async (t) => {
    const served = await serveWindow(t);
    const token = tokenOf(served.host.newUrl());
    const connect = async (to: string, from: string, { path, type, body }: (typeof ways)[number], given: string) => {
      const args = ['-e', client, String(served.host.port), to, from, path, type, body(given)];
      const child = spawn(process.execPath, args, {
        stdio: ['ignore', 'pipe', 'inherit'],
        cwd: '/',
        ...(uid !== undefined && { uid }),
      });
      return await text(child.stdout);
    };
    for (const { to, from } of connections) {
      for (const way of ways) {
        const isOwn = uid === undefined && from === '';
        const answer = await connect(to, from, way, isOwn ? tokenOf(served.host.newUrl()) : token);
        const expected = isOwn ? /^HTTP\/1\.1 200 / : /^HTTP\/1\.1 403 .*"code":"refused"/s;
        assert.match(answer, expected, `${way.path} from ${from} to ${to}`);
      }
    }
    assert.equal((await served.exchange(token)).status, 200, 'and the owner can still use the address');
  });
}
