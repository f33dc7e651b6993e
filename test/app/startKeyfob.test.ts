import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { startKeyfob } from '../../main/serve/startKeyfob.ts';
import { openTestApp } from '../helpers/app.ts';
import { testFolder } from '../helpers/serving.ts';

const seed = {
  keyfob: 1,
  settings: { userTokenValiditySeconds: 600 },
  users: [{ username: 'tester', password: 's3cret' }],
  applications: [
    {
      name: 'Shop',
      keys: { PRODUCTION: { consumerKey: 'shop_key_for_tests', consumerSecret: `\${SHOP_SECRET}` } },
      subscriptions: ['echo/1.0'],
    },
  ],
};

/** The status of `GET /echo/1.0/a`, with the certificate verified. */
const call = async ({ baseUrl, ca }: { baseUrl: string; ca: string }, token: string) => {
  const headers = { authorization: `Bearer ${token}` };
  const [response] = await once(get(`${baseUrl}/echo/1.0/a`, { ca, headers, agent: false }), 'response');
  response.resume();
  return response.statusCode;
};

/** Redirects temporary folders, and gives a function that lists them. */
const temporary = (t: TestContext) => {
  const { TMPDIR = tmpdir() } = process.env;
  const folder = testFolder(t);
  process.env.TMPDIR = folder;
  t.after(() => {
    process.env.TMPDIR = TMPDIR;
  });
  return () => readdirSync(folder);
};

test('a sealed seed, also a binary one, opens by the passphrase in env', async (t) => {
  const file = join(testFolder(t), 'keyfob.yaml.age');
  const backupPassphrase = 'the passphrase of a seed';
  const { app, close } = await openTestApp();
  t.after(close);
  await app.call('applications.create', { name: 'Sealed' });
  const { consumerKey } = await app.call('keys.generate', { application: 'Sealed', keyType: 'SANDBOX' });
  const { text } = await app.call('describe.export', { secrets: 'age', backupPassphrase });
  for (const content of [text, Buffer.from(text.replace(/^-.*$/gm, ''), 'base64')]) {
    writeFileSync(file, content);
    await using keyfob = await startKeyfob({ seed: file, env: { KEYFOB_BACKUP_PASSPHRASE: backupPassphrase } });
    assert.equal((await keyfob.keys('Sealed', 'SANDBOX')).consumerKey, consumerKey);
  }
});

test('two start in one process, each with its own seed, clock, requests and folder', async (t) => {
  const file = join(testFolder(t), 'keyfob.yaml');
  const leftOver = temporary(t);
  writeFileSync(file, 'keyfob: 1\napplications: [{ name: Other, keys: { SANDBOX: {} } }]');
  const shop = await startKeyfob({ seed, env: { SHOP_SECRET: 'a secret' } });
  const other = await startKeyfob({ seed: file });
  assert.deepEqual(await shop.keys('Shop'), { consumerKey: 'shop_key_for_tests', consumerSecret: 'a secret' });
  await assert.rejects(other.token({ application: 'Shop' }), /No application named "Shop"/);
  assert.equal((await other.token({ application: 'Other', keyType: 'SANDBOX' })).reused, false);

  const [ipad, pixel] = await shop.mint({ application: 'Shop', user: 'tester', devices: ['ipad', 'pixel'] });
  assert.equal(ipad?.scope, 'device_ipad');
  assert.equal(await call(shop, pixel?.accessToken ?? ''), 200);
  await shop.advanceClock(601);
  assert.equal(await call(shop, pixel?.accessToken ?? ''), 401);
  assert.deepEqual(
    (await shop.requests()).map(({ path, status, device }) => [path, status, device]),
    [
      ['/echo/1.0/a', 200, 'pixel'],
      ['/echo/1.0/a', 401, 'pixel'],
    ],
  );
  assert.deepEqual(await other.requests(), []);

  await Promise.all([shop.stop(), shop.stop(), other.stop()]);
  assert.equal(existsSync(shop.caFile), false);
  assert.deepEqual(leftOver(), []);
});

test('a fault of the seed rejects the start, and leaves nothing behind', async (t) => {
  const leftOver = temporary(t);
  await assert.rejects(startKeyfob({ seed, env: {} }), /no value for SHOP_SECRET/);
  await assert.rejects(startKeyfob({ seed: { keyfob: 1, user: [] } }), /user is unknown here/);
  await assert.rejects(startKeyfob({ names: ['www.example.com'] }), /No certificate/);
  assert.deepEqual(leftOver(), []);
});
