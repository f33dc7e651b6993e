import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { ageTool } from '../helpers/age.ts';
import { place, servedPlace } from './keyfob.ts';

const secret = { KEYFOB_BACKUP_PASSPHRASE: 'the passphrase of a backup' };

test('a backup moves everything to another machine, in a file that only its owner can read', async (t) => {
  const old = await servedPlace(t);
  const lines = [
    'keyfob users create --username tester --password s3cret',
    'keyfob applications create --name Shop',
    'keyfob keys generate --application Shop --key-type PRODUCTION',
    'keyfob devices mint --application Shop --key-type PRODUCTION --username tester --device ipad --device iphone',
    'keyfob devices revoke --application Shop --key-type PRODUCTION --username tester --device iphone',
  ];
  const made = await old.bash(lines.join(' && '));
  assert.equal(made.code, 0, made.stderr);
  const file = join(dirname(old.home), 'house.age');
  const age = ageTool(t);
  const write = `keyfob backup export --file '${file}' --recipients ${age.recipient}`;
  const exported = await old.bash(`umask 0; ${write} --json`);
  assert.equal(exported.code, 0, exported.stderr);
  assert.deepEqual(JSON.parse(exported.stdout).contents.tokens, 3);
  assert.equal(exported.stdout.includes('"file":"'), true);
  assert.equal(statSync(file).mode & 0o777, 0o600);

  const again = await old.bash(write);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /exists already\. Choose another file, or add --overwrite/);
  chmodSync(file, 0o644);
  const replaced = await old.bash(`${write} --overwrite`);
  assert.equal(replaced.code, 0, replaced.stderr);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const keyFile = join(dirname(old.home), 'key.txt');
  writeFileSync(keyFile, age.keyFile);

  const fresh = await servedPlace(t);
  const withKey = { KEYFOB_BACKUP_IDENTITY_FILE: keyFile };
  const preview = await fresh.bash(`keyfob backup preview --file '${file}'`, withKey);
  assert.equal(preview.code, 0, preview.stderr);
  assert.match(preview.stdout, /application:Shop +new/);
  assert.match(preview.stderr, /1 applications, 3 tokens/);
  const imported = await fresh.bash(`keyfob backup import --file '${file}' --json`, withKey);
  assert.equal(imported.code, 0, imported.stderr);
  const reveal = 'keyfob tokens list --device ipad --json';
  const [here, there] = await Promise.all([old.bash(reveal), fresh.bash(reveal)]);
  const [mine] = JSON.parse(here.stdout).items;
  const [theirs] = JSON.parse(there.stdout).items;
  assert.deepEqual([theirs.scope, theirs.valid, theirs.issuedAtMs], [mine.scope, true, mine.issuedAtMs]);
  const value = JSON.parse((await old.bash(`keyfob tokens reveal --token ${mine.id} --json`)).stdout).accessToken;
  assert.equal((await fresh.bash(`keyfob tokens read --token ${value}`)).code, 0);

  await fresh.bash('keyfob applications update --application Shop --tier 20PerMin');
  const conflict = await fresh.bash(`keyfob backup import --file '${file}'`, withKey);
  assert.equal(conflict.code, 1);
  assert.match(conflict.stderr, /application:Shop \(in the backup: another tier\).*Choose mine or theirs/);
  const taken = await fresh.bash(`keyfob backup import --file '${file}' --on-conflict theirs`, withKey);
  assert.equal(taken.code, 0, taken.stderr);
});

test('age opens our backups and we open those of age, with the right passphrase only', async (t) => {
  const here = place(t);
  const folder = dirname(here.home);
  const file = join(folder, 'a.age');
  const decomposed = { KEYFOB_BACKUP_PASSPHRASE: 'the cafe\u0301 of a backup' };
  const exported = await here.bash(`keyfob backup export --file '${file}'`, decomposed);
  assert.equal(exported.code, 0, exported.stderr);
  // age prompts on a terminal only.
  const onTerminal = (line: string, typed: string) =>
    execFileSync('script', ['-qfec', line, '/dev/null'], { input: typed, cwd: folder, timeout: 120_000 }).toString();
  // macOS types decomposed letters, and the file uses composed ones.
  const passphrase = decomposed.KEYFOB_BACKUP_PASSPHRASE.normalize('NFC');
  onTerminal('age -d -o clear a.age', `${passphrase}\n`);
  onTerminal('age -p -o again.age clear', `${passphrase}\n${passphrase}\n`);
  const preview = await here.bash(`keyfob backup preview --file again.age --json`, decomposed);
  assert.equal(preview.code, 0, preview.stderr);
  assert.ok(JSON.parse(preview.stdout).items.every(({ state }: { state: string }) => state === 'equal'));
  const wrong = await here.bash('keyfob backup preview --file again.age', { KEYFOB_BACKUP_PASSPHRASE: 'another one' });
  assert.deepEqual([wrong.code, /Wrong passphrase for this backup/.test(wrong.stderr)], [1, true]);
  const none = await here.bash('keyfob backup preview --file nowhere.age', secret);
  assert.equal(none.code, 2);
  const flag = await here.bash('keyfob backup preview --file again.age --backup-passphrase x');
  assert.match(flag.stderr, /KEYFOB_BACKUP_PASSPHRASE/);
});
