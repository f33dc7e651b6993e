import assert from 'node:assert/strict';
import { generateKeySync, randomBytes } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { createRandom } from '../../main/platform/random.ts';
import { rowIdLimit } from '../../main/vault/sealing/permutation.ts';
import { createSealer } from '../../main/vault/sealing/sealer.ts';

const sealer = createSealer(
  generateKeySync('aes', { length: 256 }),
  '0f8fad5b-d9cb-469f-a165-70867728950e',
  1,
  createRandom(),
);

const encode = (payload: string): string => `e30.${Buffer.from(payload).toString('base64url')}.c2ln`;

test('the id of a JWT is a random UUID that carries the row id', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: rowIdLimit - 1 }), (rowId) => {
      const id = sealer.mintJwtId(rowId);
      assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
      assert.equal(sealer.rowIdOf('access', encode(JSON.stringify({ sub: 'a', jti: id, exp: 1 }))), rowId);
      assert.notEqual(sealer.mintJwtId(rowId), id);
    }),
    { numRuns: 500 },
  );
});

test('a text inside the payload cannot pass for the id', () => {
  const [own, other] = [sealer.mintJwtId(7), sealer.mintJwtId(8)];
  const payload = { name: `"jti":"${other}"`, nested: [`\\"jti":"${other}"`], jti: own };
  assert.equal(sealer.rowIdOf('access', encode(JSON.stringify(payload))), 7);
});

test('other values carry no row id', () => {
  const id = sealer.mintJwtId(7);
  const jwt = encode(JSON.stringify({ jti: id }));
  assert.equal(sealer.rowIdOf('access', jwt), 7);
  for (const value of [
    '',
    '..',
    'a.b.c',
    id,
    `${jwt}.`,
    `${jwt}.x`,
    ` ${jwt}`,
    jwt.slice(0, -5),
    encode('{"jti":"x"}'),
  ]) {
    assert.equal(sealer.rowIdOf('access', value), undefined, value);
  }
  assert.equal(sealer.rowIdOf('access', `e30.${'A'.repeat(70_000)}.c2ln`), undefined);
  assert.equal(sealer.rowIdOf('refresh', jwt), undefined);
  fc.assert(
    fc.property(fc.string(), (text) => sealer.rowIdOf('access', `a.${text}.b`) === undefined),
    { numRuns: 200 },
  );
  assert.equal(sealer.rowIdOf('access', `a.${randomBytes(60).toString('base64url')}.b`), undefined);
});
