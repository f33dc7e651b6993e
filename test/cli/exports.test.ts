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
  const file = await here.bash(`${command.replace(`'${out}'`, `'${out}/ca.pem'`)} --format csv`);
  assert.equal(file.code, 2);
  assert.match(file.stderr, /ca\.pem is a file\. Choose a folder/);
});

test('exports an application for apictl and imports it again, with a preview that changes nothing', async (t) => {
  const here = place(t);
  const made = await here.bash(
    'keyfob applications create --name Shop && keyfob keys generate --application Shop --key-type PRODUCTION',
  );
  assert.equal(made.code, 0, made.stderr);
  const out = join(dirname(here.home), 'admin-Shop');
  const write = await here.bash(
    `umask 0; keyfob exports application --application Shop --format apictl --secrets real --out '${out}'`,
  );
  assert.equal(write.code, 0, write.stderr);
  assert.match(write.stderr, /Wrote the application to .*application\.yaml[\s\S]*apictl import app -f/);
  const yaml = join(out, 'application.yaml');
  assert.equal(statSync(yaml).mode & 0o777, 0o600);
  assert.match(readFileSync(yaml, 'utf8'), /^# Live credentials/);
  const same = await here.bash(`keyfob import -f '${yaml}'`);
  assert.equal(same.code, 0, same.stderr);
  assert.match(same.stdout, /^✓ Imported "Shop": 0 changes/m);
  const preview = await here.bash(`keyfob import -f '${yaml}' --name Other --no-with-keys --preview`);
  assert.match(preview.stdout, /^\+ application:Other\nAn import of "Other" would do 1 change, 0 parts unchanged\.$/m);
  const refused = await here.bash(`keyfob imports application --file '${yaml}' --name Other`);
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /consumer key/);
});
