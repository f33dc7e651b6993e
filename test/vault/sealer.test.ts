import assert from 'node:assert/strict';
import { createHmac, generateKeySync } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../main/platform/random.ts';
import type { SealedColumn, Sealer as StoreSealer } from '../../main/store/sealer.ts';
import { createKeyedHash } from '../../main/vault/sealing/keyedHash.ts';
import { createSealer } from '../../main/vault/sealing/sealer.ts';
import { deriveBytes } from '../../main/vault/subkeys.ts';

const installationId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const dataKey = generateKeySync('aes', { length: 256 });
const random = createRandom();
/** The vault's sealer has the shape that the store needs. */
const sealer: StoreSealer = createSealer(dataKey, installationId, 1, random);
const column: SealedColumn = 'tokens.access_token';
const damaged = { code: 'sealed_value_damaged' };
/** Text that UTF-8 can encode. */
const text = fc.string({ unit: 'binary' });

test('opens any sealed text', () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 1 }), (plain, rowId) => {
      assert.equal(sealer.open(sealer.seal(plain, column, rowId), column, rowId), plain);
    }),
  );
});

test('a sealed value has version, key id, nonce, ciphertext and tag, and hides the text', () => {
  const sealed = Buffer.from(sealer.seal('a secret text', column, 7));
  assert.equal(sealed.length, 2 + 12 + 13 + 16);
  assert.deepEqual([...sealed.subarray(0, 2)], [1, 1]);
  assert.equal(sealed.indexOf('secret'), -1);
});

test('seals the same text differently each time', () => {
  const nonces = Array.from({ length: 5000 }, () => Buffer.from(sealer.seal('same', column, 1)).toString('hex', 2, 14));
  assert.equal(new Set(nonces).size, nonces.length);
});

test('detects any changed bit', () => {
  const sealed = sealer.seal('a secret text', column, 7);
  for (const at of sealed.keys()) {
    const changed = Uint8Array.from(sealed);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    assert.throws(() => sealer.open(changed, column, 7), damaged, `byte ${at}`);
  }
});

test('detects missing and added bytes', () => {
  const sealed = sealer.seal('a secret text', column, 7);
  for (let length = 0; length < sealed.length; length += 1) {
    assert.throws(() => sealer.open(sealed.subarray(0, length), column, 7), damaged, `${length} bytes`);
  }
  assert.throws(() => sealer.open(Buffer.concat([sealed, Buffer.of(0)]), column, 7), damaged);
});

test('cannot open a value in another row or column, and the error does not show it', () => {
  const sealed = sealer.seal('a secret text', column, 7);
  assert.throws(() => sealer.open(sealed, column, 8), damaged);
  assert.throws(() => sealer.open(sealed, column, 70), damaged);
  assert.throws(() => sealer.open(sealed, 'users.password', 7), damaged);
  assert.throws(() => sealer.open(sealed, 'refresh_tokens.refresh_token', 7), {
    message: /refresh_tokens\.refresh_token of row 7 .*Restore a copy/,
  });
});

test('cannot open a value of another data key or installation', () => {
  const sealed = sealer.seal('a secret text', column, 7);
  const otherKey = createSealer(generateKeySync('aes', { length: 256 }), installationId, 1, random);
  const otherInstallation = createSealer(dataKey, '7c9e6679-7425-40de-944b-e07fc1f90ae7', 1, random);
  const otherKeyId = createSealer(dataKey, installationId, 2, random);
  for (const other of [otherKey, otherInstallation, otherKeyId]) {
    assert.throws(() => other.open(sealed, column, 7), damaged);
  }
});

test('a digest is HMAC-SHA-256 of any text of any length', () => {
  const key = deriveBytes(dataKey, installationId, 'lookup');
  const expected = (plain: string) => createHmac('sha256', key).update(plain, 'utf8').digest();
  fc.assert(
    fc.property(fc.oneof(text, fc.string({ minLength: 300, maxLength: 2000, unit: 'binary' })), (plain) => {
      assert.deepEqual(sealer.digest(plain), expected(plain));
    }),
  );
  for (const length of [340, 341, 342, 343, 1023, 1024, 1025]) {
    assert.deepEqual(sealer.digest('é'.repeat(length)), expected('é'.repeat(length)));
  }
});

test('a returned digest does not change with the next one', () => {
  const first = sealer.digest('one');
  const copy = Uint8Array.from(first);
  sealer.digest('two');
  assert.deepEqual(Uint8Array.from(first), copy);
});

test('a digest matches only its own text', () => {
  const digest = sealer.digest('the secret');
  assert.equal(sealer.matches('the secret', digest), true);
  assert.equal(sealer.matches('the secrets', digest), false);
  assert.equal(sealer.matches('', digest), false);
  assert.equal(sealer.matches('the secret', digest.subarray(0, 31)), false);
  assert.equal(sealer.matches('the secret', new Uint8Array(0)), false);
});

test('a wiped key gives other digests', () => {
  const lookup = createKeyedHash(Buffer.alloc(32, 7));
  const digest = lookup.digest('text');
  lookup.wipe();
  assert.equal(lookup.matches('text', digest), false);
});
