import assert from 'node:assert/strict';
import { generateKeySync } from 'node:crypto';
import { test } from 'node:test';
import { unwrap, wrap } from '../../main/vault/wrap.ts';

const key = () => generateKeySync('aes', { length: 256 });
const context = { installationId: '0f8fad5b-d9cb-469f-a165-70867728950e', keyId: 1, further: 'argon2id 65536 3 1' };

test('a wrap opens only with its key, in its context and for its purpose', () => {
  const [dataKey, wrappingKey] = [key(), key()];
  const wrapped = wrap(dataKey, wrappingKey, context, 'passphrase');
  assert.equal(unwrap(wrapped, wrappingKey, context, 'passphrase')?.equals(dataKey), true);
  assert.equal(unwrap(wrapped, key(), context, 'passphrase'), undefined);
  assert.equal(unwrap(wrapped, wrappingKey, context, 'recovery'), undefined);
  const changed = [
    { ...context, installationId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
    { ...context, keyId: 2 },
    { ...context, further: 'argon2id 65536 3 2' },
  ];
  for (const other of changed) assert.equal(unwrap(wrapped, wrappingKey, other, 'passphrase'), undefined);
});

test('detects a changed character of a wrap', () => {
  const wrappingKey = key();
  const wrapped = wrap(key(), wrappingKey, context, 'recovery');
  for (let at = 0; at < wrapped.length; at += 1) {
    const changed = wrapped.slice(0, at) + (wrapped[at] === 'A' ? 'B' : 'A') + wrapped.slice(at + 1);
    assert.equal(unwrap(changed, wrappingKey, context, 'recovery'), undefined, `character ${at}`);
  }
});
