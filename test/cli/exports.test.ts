import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { place, servedPlace } from './keyfob.ts';

test('exports into a folder that only its owner can read, and replaces files only when told to', async (t) => {
  const here = await servedPlace(t);
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

test('mints the devices of a set, says which keep their expiry, and writes a sheet of their codes', async (t) => {
  const here = await servedPlace(t);
  const lines = [
    'keyfob applications create --name Shop',
    'keyfob keys generate --application Shop --key-type PRODUCTION',
    'keyfob devices mint --application Shop --key-type PRODUCTION --device pixel-022',
    'keyfob device-sets save --application Shop --key-type PRODUCTION --name "Release 4" --device pixel-{021..023}',
  ];
  const made = await here.bash(lines.join(' && '));
  assert.equal(made.code, 0, made.stderr);
  assert.match(made.stdout, /✓ Saved device set "Release 4" of "Shop": 3 devices\./);
  assert.match(made.stderr, /Next: keyfob device-sets mint 'Release 4' --application Shop/);
  const minted = await here.bash('keyfob device-sets mint --application Shop --set "Release 4" --lifetime 10m');
  assert.equal(minted.code, 0, minted.stderr);
  const rows = minted.stdout.trim().split('\n').slice(1);
  assert.deepEqual(
    rows
      .map((row) => row.split(/ {2,}/))
      .map(([device, , , expires, reused]) => [device, expires === '10 min', reused]),
    [
      ['pixel-021', true, 'no'],
      ['pixel-022', false, 'yes'],
      ['pixel-023', true, 'no'],
    ],
  );
  assert.match(minted.stderr, /1 live token keeps its own expiry\. The lifetime is for new tokens\./);
  const unknown = await here.bash('keyfob device-sets mint --application Shop --set Releases');
  assert.equal(unknown.code, 1);
  assert.match(unknown.stderr, /has no device set named "Releases"\. Did you mean "Release 4"\?/);

  const out = join(dirname(here.home), 'out');
  const sheet = `keyfob exports devices --application Shop --key-type PRODUCTION --format qr-sheet --out '${out}' --overwrite`;
  const empty = await here.bash(sheet);
  assert.match(empty.stderr, /The sheet has no codes: a code holds a token\. Choose real secrets\./);
  const real = await here.bash(`${sheet} --secrets real`);
  assert.equal(real.code, 0, real.stderr);
  assert.match(real.stderr, /Wrote 3 device tokens to .*qr-sheet\.html/);
  assert.equal(readFileSync(join(out, 'qr-sheet.html'), 'utf8').match(/<svg/g)?.length, 3);
});
