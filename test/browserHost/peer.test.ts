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
`;

test('the owner of a connection is the owner of its other end', () => {
  assert.equal(ownerOf(table, '0100007F', 0xc001, 8080), 1000);
  assert.equal(ownerOf(table, '0100007F', 0xc001, 8081), 1001);
  assert.equal(ownerOf(table, '0100007F', 0xc002, 8080), undefined);
  assert.equal(ownerOf('', '0100007F', 0xc001, 8080), undefined);
});

/** Opens a session from a process of its own. */
const client = `
const [port, host, token] = process.argv.slice(1);
const body = JSON.stringify({ token });
const head = ['POST /session HTTP/1.1', 'Host: 127.0.0.1:' + port, 'Content-Type: application/json', 'Connection: close',
  'Content-Length: ' + body.length];
const socket = require('node:net').connect({ port: Number(port), host }, () => {
  socket.write(head.join('\\r\\n') + '\\r\\n\\r\\n' + body);
});
socket.pipe(process.stdout);`;

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

// As an IPv6 socket the client is in another table of the system. Only root can become somebody else.
for (const host of ['127.0.0.1', '::ffff:127.0.0.1']) {
  for (const uid of isRoot ? [undefined, nobody] : [undefined]) {
    test(`a session from ${host} is opened to ${uid === undefined ? 'our own programs' : 'nobody else'}`, async (t) => {
      const served = await serveWindow(t);
      const url = served.host.newUrl();
      const child = spawn(process.execPath, ['-e', client, String(served.host.port), host, tokenOf(url)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        cwd: '/',
        ...(uid === undefined ? {} : { uid }),
      });
      const answer = await text(child.stdout);
      if (uid === undefined) assert.match(answer, /^HTTP\/1\.1 200 .*"bearer"/s);
      else {
        assert.match(answer, /^HTTP\/1\.1 403 .*"code":"refused"/s);
        assert.equal((await served.exchange(tokenOf(url))).status, 200, 'and the owner can still use the address');
      }
    });
  }
}
