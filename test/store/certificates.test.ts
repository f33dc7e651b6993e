import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestStore, startMs } from './stores.ts';

test('gives the newest certificate of a kind, and seals its key', async (t) => {
  const { certificates, commit, db } = await openTestStore(t);
  assert.equal(certificates.newest('leaf'), undefined);
  const insert = (kind: 'ca' | 'leaf', names: string[]) =>
    commit.submit(() =>
      certificates.insert({ kind, certificate: `of ${kind}`, names, notAfterMs: startMs }, `key of ${kind}`),
    );
  await insert('ca', []);
  await insert('leaf', ['localhost']);
  const newest = await insert('leaf', ['localhost', 'phone.test']);
  assert.deepEqual(certificates.newest('leaf'), newest);
  assert.equal(certificates.revealPrivateKey(newest.id), 'key of leaf');
  assert.throws(() => certificates.revealPrivateKey(99), /no certificate 99/);
  const sealed = db
    .prepare<[number], Buffer>('SELECT private_key FROM certificates WHERE id = ?')
    .pluck()
    .get(newest.id);
  assert.equal(sealed?.includes('key of leaf'), false);
});
