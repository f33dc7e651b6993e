import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './keyfob.ts';

const keys = '--application Shop --key-type PRODUCTION';

test('run makes the call and prints its reply; the exit code tells whether it was accepted', async (t) => {
  const { bash, json, serve } = place(t);
  await serve('--port 0 --http-port 0');
  await json('keyfob applications create --name Shop --json');
  await json(`keyfob keys generate ${keys} --json`);
  await json('keyfob users create --username tester --password s3cret --json');

  const ran = await bash(`keyfob snippets run ${keys} --user tester --device ipad`);
  assert.equal(ran.code, 0);
  assert.equal(JSON.parse(ran.stdout).access_token, '••••••');
  assert.match(
    ran.stderr,
    /^POST https:\/\/localhost:\d+\/token: 200 OK, [\d.]+ ms, application\/json\nNew: there was no live/,
  );

  const shown = await bash(`keyfob snippets run ${keys} --user tester --device ipad --reveal`);
  const { access_token } = JSON.parse(shown.stdout);
  assert.match(access_token, /^[\w-]{28,}$/);
  assert.match(shown.stderr, /Reused: token/);

  await json('keyfob users disable --user tester --json');
  const refused = await bash(`keyfob snippets run ${keys} --user tester --scope device_no --json`);
  assert.equal(refused.code, 1);
  const { status, why } = JSON.parse(refused.stdout);
  assert.equal(status, 400);
  assert.match(why, /disabled/);

  const failed = await bash(`keyfob snippets run ${keys} --call api --url http://localhost:1/`);
  assert.deepEqual([failed.code, failed.stdout], [1, '']);
  assert.match(failed.stderr, /Nothing listens at localhost:1\. Start it/);

  const echo = await bash(`keyfob snippets run ${keys} --call api`);
  assert.equal(echo.code, 0, echo.stderr);
  assert.equal(JSON.parse(echo.stdout).caller.application, 'Shop');
  assert.match(echo.stderr, /^GET https:\/\/localhost:\d+\/echo\/1\.0\/: 200 OK/);

  await json(`keyfob devices mint ${keys} --device ipad --device iphone --json`);
  const accepted = await bash(`keyfob devices verify ${keys}`);
  assert.equal(accepted.code, 0, accepted.stderr);
  assert.match(accepted.stdout, /^device +token id +status +text\niphone +\d+ +200 +answered 200\nipad +\d+ +200 /);
  await json(`keyfob devices revoke ${keys} --device ipad --json`);
  const withRefusal = await bash(`keyfob devices verify ${keys}`);
  assert.equal(withRefusal.code, 1);
  assert.match(withRefusal.stdout, /^ipad +\d+ +401 +refused with 401: Revoked at /m);
});

test('run needs a process that serves', async (t) => {
  const { bash, json } = place(t);
  await json('keyfob vault create --mode passphrase --json');
  const { code, stderr } = await bash(`keyfob snippets run ${keys}`);
  assert.equal(code, 1);
  assert.match(stderr, /No process serves this data folder\. Run `keyfob serve`/);
});
