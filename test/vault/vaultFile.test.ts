import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { assertRefused, vaultFolder } from './vaults.ts';

const { path, file, vault } = vaultFolder();
const passphrase = 'correct horse';
const column = 'users.password';
const put = (content: unknown) => writeFileSync(path('vault.json'), JSON.stringify(content));

test('ignores a byte order mark before a passphrase', async () => {
  await vault().create('passphrase', `\uFEFF${passphrase}`);
  await vault().unlock(passphrase);
  await vault().unlock(`\uFEFF${passphrase}`);
});

/** For every field, another valid value. */
const other = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  const text = String(value);
  return `${text.slice(0, -3)}${text.at(-3) === '0' ? '1' : '0'}${text.slice(-2)}`;
};

type Fields = Readonly<Record<string, unknown>>;
function* changed(fields: Fields): Generator<readonly [string, Fields]> {
  for (const [name, value] of Object.entries(fields)) {
    if (typeof value === 'object' && value !== null) {
      for (const [inner, within] of changed(value as Fields)) yield [`${name}.${inner}`, { ...fields, [name]: within }];
    } else yield [name, { ...fields, [name]: other(value) }];
    yield [`${name} removed`, { ...fields, [name]: undefined }];
  }
}

test('a changed field of vault.json is reported or harmless, never another key number', async () => {
  const first = vault();
  await first.create('passphrase', passphrase);
  await first.rotateDataKey({ passphrase });
  const sealed = first.sealer.seal('hunter2', column, 3);
  const good = JSON.parse(file());
  const opened: string[] = [];
  for (const [name, content] of changed(good)) {
    put(content);
    const open = vault();
    try {
      await open.unlock(passphrase);
      opened.push(name);
      assert.equal(open.sealer.open(sealed, column, 3), 'hunter2', name);
      assert.deepEqual([...open.sealer.mark()], [1, good.keyId], name);
    } catch (error) {
      assert.ok(error instanceof KeyfobError, `${name}: ${error}`);
      assert.match(error.code, /^(wrong_passphrase|sealed_value_damaged|database_newer|keychain_.*)$/, name);
    }
  }
  // The passphrase opens the vault without the recovery key.
  assert.deepEqual(opened, ['recovery.wrapped', 'recovery.lastGroup', 'recovery.confirmed']);
});

test('refuses key derivation parameters out of bounds before computing', async () => {
  await vault().create('passphrase', passphrase);
  const good = JSON.parse(file());
  const figures = [
    { memoryKiB: 1 },
    { memoryKiB: 7 },
    { memoryKiB: 31, lanes: 4 },
    { memoryKiB: 262_145 },
    { passes: 0 },
    { passes: 11 },
    { passes: 1.5 },
    { lanes: 0 },
    { lanes: 5 },
  ];
  for (const figure of figures) {
    put({ ...good, held: { ...good.held, ...figure } });
    const work = Promise.resolve().then(() => vault().unlock(passphrase));
    await assertRefused(work, 'sealed_value_damaged');
  }
});

test('detects a changed key number also with the recovery key', async () => {
  const open = vault();
  await open.create('passphrase', passphrase);
  const recoveryKey = await open.rotateDataKey({ passphrase });
  put({ ...JSON.parse(file()), keyId: 3 });
  const stored = file();
  await assertRefused(vault().recover(recoveryKey, 'passphrase', passphrase), 'wrong_recovery_key');
  assert.equal(file(), stored);
});
