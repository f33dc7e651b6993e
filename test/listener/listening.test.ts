import assert from 'node:assert/strict';
import { syncBuiltinESMExports } from 'node:module';
import { createServer } from 'node:net';
import os, { networkInterfaces } from 'node:os';
import { type TestContext, test } from 'node:test';
import { type PeerCertificate, TLSSocket } from 'node:tls';
import { closeListeners, openListeners } from '../../main/listener/sockets/listeners.ts';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { bobForm, loopback, serve } from '../endpoint/serve.ts';
import { openShop, passwordForm, type Shop } from '../endpoint/shop.ts';
import { ask, connect, readReplies, type Target } from './wire.ts';

const listening = (port: number, host: string): Promise<{ port: number; close(): Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, ipv6Only: true }, () => {
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      resolve({ port: address.port, close: () => new Promise((closed) => server.close(() => closed())) });
    });
  });

const portFault = async (starting: Promise<unknown>): Promise<{ error: KeyfobError; taken: number; free: number }> => {
  const error = await starting.then(
    () => assert.fail('the port is taken'),
    (fault: unknown) => fault,
  );
  assert.ok(error instanceof KeyfobError && error.details.port);
  assert.equal(error.code, 'port_in_use');
  return { error, ...error.details.port };
};

/** Gives the names in the certificate, as OpenSSL writes them, sorted. */
const certifiedNames = async (target: Target): Promise<string[]> => {
  const socket = await connect(target);
  assert.ok(socket instanceof TLSSocket);
  const { subjectaltname = '' }: PeerCertificate = socket.getPeerCertificate();
  socket.destroy();
  return subjectaltname.split(', ').sort();
};

const ownNames = ['DNS:localhost', 'IP Address:0:0:0:0:0:0:0:1', 'IP Address:127.0.0.1'];

test('port 0 chooses one port per protocol, free on both loopback addresses', async (t) => {
  const { endpoint, http, https, ca, post } = await serve(t);
  const status = endpoint.status();
  assert.deepEqual(status.addresses, loopback);
  assert.deepEqual(status.names, ['localhost', '127.0.0.1', '::1']);
  assert.equal(status.tokenUrl, `https://localhost:${https.port}/token`);
  assert.equal(status.authorizeUrl, `https://localhost:${https.port}/authorize`);
  assert.equal(status.revokeUrl, `https://localhost:${https.port}/revoke`);
  assert.equal(status.issuer, `https://localhost:${https.port}/oauth2/token`);
  assert.equal(status.introspectUrl, `https://localhost:${https.port}/oauth2/introspect`);
  assert.equal(status.httpTokenUrl, `http://localhost:${http.port}/token`);
  for (const address of status.addresses) {
    for (const target of [
      { port: http.port, address },
      { port: https.port, address, ca },
    ]) {
      assert.equal((await ask(target, post('/token', bobForm('device_a')))).status, 200);
    }
  }
});

test('skips an address that the machine lacks, but never 127.0.0.1', async () => {
  // 203.0.113.0/24 is reserved for documentation.
  const opened = await openListeners(['127.0.0.1', '203.0.113.9'], 0, () => createServer());
  assert.deepEqual(
    opened.listeners.map(({ address }) => address),
    ['127.0.0.1'],
  );
  await closeListeners(opened);
  const taken = await listening(0, '127.0.0.1');
  await portFault(openListeners(['203.0.113.9', '127.0.0.1'], taken.port, () => createServer()));
  await taken.close();
});

test('names a taken port and a free one in the error', async (t) => {
  const { endpoint } = await serve(t);
  await endpoint.stop();
  for (const host of loopback) {
    const other = await listening(0, host);
    t.after(other.close);
    for (const at of [{ port: other.port }, { port: 0, httpPort: other.port }]) {
      const { error, taken, free } = await portFault(endpoint.start(at));
      assert.equal(taken, other.port);
      assert.match(error.message, new RegExp(`^Port ${taken} is in use .* ${free} is free\\.$`));
      assert.equal(endpoint.status().running, false);
      assert.deepEqual(endpoint.status().portTaken, { taken, free });
      for (const address of loopback) await (await listening(free, address)).close();
    }
    // The port is free again on the other address.
    for (const address of loopback) if (address !== host) await (await listening(other.port, address)).close();
  }
  assert.equal((await endpoint.start({})).running, true);
  assert.equal((await endpoint.stop()).portTaken, undefined);
});

test('start is idempotent, does not change ports, and reports each change once', async (t) => {
  const { endpoint, statuses, https, http } = await serve(t);
  const running = endpoint.status();
  assert.deepEqual(statuses, [running]);
  for (const at of [{}, { port: https.port }, { port: 0, httpPort: http.port }, { port: https.port, httpPort: 0 }]) {
    assert.deepEqual(await endpoint.start(at), running);
  }
  for (const at of [{ port: https.port + 1 }, { httpPort: null }, { httpPort: https.port }]) {
    await assert.rejects(endpoint.start(at), { code: 'conflict' });
  }
  const stopped: EndpointStatus = { running: false, addresses: [], names: [], caFile: running.caFile };
  assert.deepEqual(await Promise.all([endpoint.stop(), endpoint.stop()]), [stopped, stopped]);
  assert.deepEqual(statuses, [running, stopped]);

  await assert.rejects(endpoint.start({ port: 9, httpPort: 9 }), { code: 'bad_input' });
  const [first, second] = await Promise.all([endpoint.start({ httpPort: null }), endpoint.start({})]);
  assert.deepEqual(first, second);
  assert.equal(first.httpPort, undefined);
  assert.equal(first.httpTokenUrl, undefined);
});

/** Changes the names, and waits until the endpoint uses them. */
const nameThings = async (shop: Shop, extraNames: string[]): Promise<EndpointStatus> => {
  await shop.app.call('settings.write', { extraNames });
  return await shop.app.call('endpoint.status', {});
};

test('extra names extend certificate and Host rule at once, and connections stay', async (t) => {
  const shop = await openShop();
  t.after(shop.close);
  const asked = (Host: string) => ask(shop.https, shop.post('/token', passwordForm, { Host }));
  assert.equal((await asked('phone.test:8243')).status, 421);
  assert.deepEqual(await certifiedNames(shop.https), ownNames);
  const kept = await connect(shop.https);

  const status = await nameThings(shop, ['Phone.test', '10.0.2.2', 'FD00::1']);
  assert.deepEqual(status.addresses, loopback);
  assert.deepEqual(status.names, ['localhost', '127.0.0.1', '::1', 'Phone.test', '10.0.2.2', 'FD00::1']);
  assert.deepEqual(
    await certifiedNames(shop.https),
    [...ownNames, 'DNS:phone.test', 'IP Address:10.0.2.2', 'IP Address:FD00:0:0:0:0:0:0:1'].sort(),
  );
  for (const host of ['phone.test:8243', 'PHONE.TEST', '10.0.2.2:8243', '[fd00::1]:8243', '[FD00:0::1]']) {
    assert.equal((await asked(host)).status, 200, host);
  }
  assert.equal((await asked('other.test')).status, 421);
  const reply = readReplies(kept, 1);
  kept.write(shop.post('/token', passwordForm, { Host: 'phone.test' }));
  assert.equal((await reply)[0]?.status, 200);
  kept.destroy();

  await nameThings(shop, []);
  assert.deepEqual(await certifiedNames(shop.https), ownNames);
  assert.equal((await asked('phone.test:8243')).status, 421);
  assert.deepEqual(shop.faults, []);
});

const saved = () => Promise.resolve();

test('listens on extra names that are addresses of this machine, and on no others', async (t) => {
  // No interface has 127.0.0.2, though Linux would listen on it.
  const own = Object.values(networkInterfaces())
    .flat()
    .flatMap((at) => (at && !at.internal && at.family === 'IPv4' ? [at.address] : []));
  const { endpoint, https, http, ca, post } = await serve(t);
  // The test's authority certifies private addresses only. A refused name changes nothing.
  const before = endpoint.status();
  await assert.rejects(
    endpoint.rename(['127.0.0.2', '0.0.0.0', ...own], () => assert.fail('saved after a refusal')),
    { code: 'name_not_permitted' },
  );
  assert.deepEqual(endpoint.status(), before);

  const listened = own.filter((address) => /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\./.test(address));
  await endpoint.rename(['127.0.0.2', ...listened], saved);
  assert.deepEqual(endpoint.status().addresses, [...loopback, ...listened]);
  for (const address of listened) {
    for (const target of [
      { port: http.port, address },
      { port: https.port, address, ca },
    ]) {
      assert.equal((await ask(target, post('/token', bobForm('device_a'), { Host: address }))).status, 200);
    }
  }
  await endpoint.rename([], saved);
  assert.deepEqual(endpoint.status().addresses, loopback);
  for (const address of listened) {
    await assert.rejects(connect({ port: http.port, address }), { code: 'ECONNREFUSED' });
  }
});

/** Adds an address to the interfaces. It must be in 127.0.0.0/8, on all of which Linux can listen. */
const withAddress = (t: TestContext, address: string): void => {
  const real = os.networkInterfaces();
  const at = { address, netmask: '255.0.0.0', family: 'IPv4', mac: '02:00:00:00:00:00', internal: false } as const;
  t.mock.method(os, 'networkInterfaces', () => ({ ...real, other: [{ ...at, cidr: `${address}/8` }] }));
  syncBuiltinESMExports();
  t.after(() => {
    t.mock.restoreAll();
    syncBuiltinESMExports();
  });
};

test('refuses names, and changes nothing, when the port is taken on a new address', async (t) => {
  withAddress(t, '127.0.0.2');
  const { endpoint, https, statuses } = await serve(t);
  const before = endpoint.status();
  const other = await listening(https.port, '127.0.0.2');
  const renaming = endpoint.rename(['127.0.0.2'], () => assert.fail('saved after a refusal'));
  const { error, taken } = await portFault(renaming);
  assert.equal(taken, https.port);
  assert.match(error.message, new RegExp(`^Port ${https.port} of 127\\.0\\.0\\.2 is in use by another program; `));
  assert.deepEqual(endpoint.status(), before);
  assert.deepEqual(await certifiedNames(https), ownNames);
  assert.equal(statuses.length, 1);

  await other.close();
  await endpoint.rename(['127.0.0.2'], saved);
  assert.deepEqual(endpoint.status().addresses, [...loopback, '127.0.0.2']);
});

test('does not use names that cannot be saved, and frees their addresses', async (t) => {
  withAddress(t, '127.0.0.2');
  const { endpoint, https, post } = await serve(t);
  const before = endpoint.status();
  const full = new KeyfobError('storage_full', 'The disk is full.');
  await assert.rejects(
    endpoint.rename(['phone.test', '127.0.0.2'], () => Promise.reject(full)),
    full,
  );
  assert.deepEqual(endpoint.status(), before);
  assert.deepEqual(await certifiedNames(https), ownNames);
  assert.equal((await ask(https, post('/token', bobForm('device_a'), { Host: 'phone.test' }))).status, 421);
  await (await listening(https.port, '127.0.0.2')).close();
});
