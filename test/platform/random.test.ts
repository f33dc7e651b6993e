import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRandom } from '../../main/platform/random.ts';

test('returns bytes of the wanted length, never twice, and never changes them', () => {
  const random = createRandom();
  const given = [];
  for (let draw = 0; draw < 2000; draw += 1) {
    const bytes = random.bytes(16);
    assert.equal(bytes.length, 16);
    given.push({ bytes, text: Buffer.from(bytes).toString('hex') });
  }
  assert.equal(new Set(given.map(({ text }) => text)).size, 2000);
  for (const { bytes, text } of given) assert.equal(Buffer.from(bytes).toString('hex'), text);
});

test('returns any length, also above the pool size', () => {
  const random = createRandom();
  for (const length of [0, 1, 4095, 4096, 4097, 70_000]) assert.equal(random.bytes(length).length, length);
});

test('creates random UUIDs', () => {
  const uuid = createRandom().uuid();
  assert.match(uuid, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
