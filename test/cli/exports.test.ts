import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { place } from './keyfob.ts';

test('exports into a folder that only its owner can read, and replaces files only when told to', async (t) => {
  const here = place(t);
  const lines = [
    'keyfob users create --username tester --password s3cret',
    'keyfob applications create --name Shop',
    'keyfob keys generate --application Shop --key-type PRODUCTION',
    'keyfob devices mint --application Shop --key-type PRODUCTION --user tester --device ipad --device iphone',
  ];
  const made = await here.bash(lines.join(' && '));
  assert.equal(made.code, 0, made.stderr);
  const out = join(dirname(here.home), 'out', 'shop');
  const command = `umask 0; keyfob exports devices --application Shop --key-type PRODUCTION --user tester --out '${out}'`;
  const written = await here.bash(`${command} --format bruno --secrets real`);
  assert.equal(written.code, 0, written.stderr);
  assert.match(written.stderr, /Wrote 2 device tokens to .*environments\/keyfob\.yml/);
  for (const name of ['.env', 'call-ipad.yml', 'environments/keyfob.yml', 'ca.pem']) {
    assert.equal(statSync(join(out, name)).mode & 0o777, 0o600, name);
  }
  assert.equal(statSync(out).mode & 0o777, 0o700);
  assert.match(readFileSync(join(out, '.env'), 'utf8'), /^KEYFOB_PASSWORD=s3cret$/m);

  const again = await here.bash(`${command} --format bruno`);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /exists already\. Choose another folder, or add --overwrite/);
  const json = await here.bash(`${command} --format bruno --overwrite --json`);
  assert.equal(json.code, 0, json.stderr);
  assert.equal(JSON.parse(json.stdout).folder, out);

  const call = command.replace('exports devices', 'exports call').replace('shop', 'call');
  const shared = await here.bash(`${call} --device ipad --call api --forms bash --forms node`);
  assert.equal(shared.code, 0, shared.stderr);
  assert.match(shared.stderr, /Wrote the call to .*call\.sh, .*call\.mjs, .*ca\.pem, .*README\.txt/);
  const far = await here.bash(`${call} --receiver network --json`);
  assert.equal(far.code, 1);
  assert.match(far.stderr, /Add an address or name that the network knows, like this: keyfob settings write/);
  const file = await here.bash(`${command.replace(`'${out}'`, `'${out}/ca.pem'`)} --format csv`);
  assert.equal(file.code, 2);
  assert.match(file.stderr, /ca\.pem is a file\. Choose a folder/);
});
