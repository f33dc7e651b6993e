import assert from 'node:assert/strict';
import { generateKeySync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../main/platform/random.ts';
import { createPermutation, rowIdLimit } from '../../main/vault/sealing/permutation.ts';
import { createSealer } from '../../main/vault/sealing/sealer.ts';
import { createTokenValues } from '../../main/vault/sealing/tokenValues.ts';

const sealer = createSealer(
  generateKeySync('aes', { length: 256 }),
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  1,
  createRandom(),
);
const kind = fc.constantFrom('access', 'refresh');
/** Ids from here on are out of range. */
const mintLimit = 62 * 2 ** 34;
const rowIds = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: mintLimit - 1 }));

test('a token value has 28 base64url characters and carries its row id', () => {
  fc.assert(
    fc.property(kind, rowIds, (which, rowId) => {
      const value = sealer.mintTokenValue(which, rowId);
      assert.match(value, /^[A-Za-z0-9_][A-Za-z0-9_-]{27}$/);
      assert.equal(sealer.rowIdOf(which, value), rowId);
    }),
    { numRuns: 2000 },
  );
});

test('reads the row id of an older value that starts with a hyphen', () => {
  const key = randomBytes(32);
  const { permute } = createPermutation(key);
  const values = createTokenValues(key, createRandom());
  const before = (rowId: number) => {
    const bytes = Buffer.alloc(21, randomBytes(21));
    bytes.writeUIntBE(permute(rowId), 0, 5);
    return bytes.toString('base64url');
  };
  const ids = Array.from({ length: 4000 }, (_, at) => at + 1);
  assert.ok(ids.filter((rowId) => before(rowId).startsWith('-')).length > 20);
  for (const rowId of ids) {
    assert.equal(values.rowIdOf(before(rowId)), rowId);
    const minted = values.mint(rowId);
    assert.ok(!minted.startsWith('-'));
    assert.equal(values.rowIdOf(minted), rowId);
  }
  assert.equal(new Set(ids.map((rowId) => values.mint(rowId).slice(0, 6))).size, ids.length);
});

test('two values of one row share only the row id', () => {
  const [first, second] = [sealer.mintTokenValue('access', 9), sealer.mintTokenValue('access', 9)];
  assert.equal(first.slice(0, 6), second.slice(0, 6));
  assert.notEqual(first.slice(7), second.slice(7));
});

test('permutes row ids: not in order, and differently per kind', () => {
  const heads = (which: 'access' | 'refresh') =>
    Array.from({ length: 200 }, (_, at) =>
      Buffer.from(sealer.mintTokenValue(which, at + 1), 'base64url').readUIntBE(0, 5),
    );
  const access = heads('access');
  assert.equal(new Set(access).size, 200);
  assert.notDeepEqual(access, access.toSorted());
  assert.ok(access.filter((head) => head > 1_000_000).length > 150);
  const refresh = new Set(heads('refresh'));
  assert.ok(access.filter((head) => refresh.has(head)).length < 5);
});

test('gives no row id for a malformed value', () => {
  const value = sealer.mintTokenValue('access', 9);
  const others = [
    '',
    'x',
    value.slice(1),
    `${value}A`,
    `${value.slice(0, 27)}=`,
    `${value.slice(0, 27)}+`,
    `${value}\n`,
  ];
  for (const other of others) assert.equal(sealer.rowIdOf('access', other), undefined, JSON.stringify(other));
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (other) => {
      fc.pre(!/^[A-Za-z0-9_-]{28}$/.test(other));
      assert.equal(sealer.rowIdOf('access', other), undefined);
    }),
  );
});

test('gives a row id in range, or none, for any well-formed text', () => {
  fc.assert(
    fc.property(kind, fc.stringMatching(/^[A-Za-z0-9_-]{28}$/), (which, value) => {
      const rowId = sealer.rowIdOf(which, value);
      assert.ok(rowId === undefined || (Number.isInteger(rowId) && rowId >= 1 && rowId < rowIdLimit));
    }),
  );
});

test('throws for a row id out of range', () => {
  for (const rowId of [0, -1, 1.5, Number.NaN, mintLimit]) {
    assert.throws(() => sealer.mintTokenValue('access', rowId), RangeError);
  }
});

test('a permutation is a bijection with any key', () => {
  const anyKey = fc.uint8Array({ minLength: 32, maxLength: 32 });
  fc.assert(
    fc.property(anyKey, fc.integer({ min: 0, max: rowIdLimit - 1 }), (key, number) => {
      const { permute, restore } = createPermutation(key);
      const permuted = permute(number);
      assert.ok(Number.isInteger(permuted) && permuted >= 0 && permuted < rowIdLimit);
      assert.equal(restore(permuted), number);
      assert.equal(permute(restore(number)), number);
    }),
    { numRuns: 2000 },
  );
});

test('a permutation depends on its key', () => {
  const [one, other] = [createPermutation(randomBytes(32)), createPermutation(randomBytes(32))];
  const differing = Array.from({ length: 100 }, (_, number) => one.permute(number) !== other.permute(number));
  assert.ok(differing.filter(Boolean).length > 90);
});
