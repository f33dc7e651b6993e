import assert from 'node:assert/strict';
import { test } from 'node:test';
import { place } from './keyfob.ts';

const keys = '--application Shop --key-type PRODUCTION';

test('run makes the call and prints its reply; the exit code tells whether it was accepted', async (t) => {
  const { bash, json, serve } = place(t);
  const { line } = await serve('--port 0 --http-port 0 --json');
  const { tokenUrl } = JSON.parse(line);
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

  await json(`keyfob devices mint ${keys} --device ipad --device iphone --json`);
  // A GET of the introspection endpoint is refused.
  const url = `--url ${tokenUrl.replace(/token$/, 'oauth2/introspect')}`;
  const verified = await bash(`keyfob devices verify ${keys} ${url}`);
  assert.equal(verified.code, 1);
  assert.match(verified.stdout, /^device +token id +status +text\niphone +\d+ +400 +answered 400\nipad +\d+ +400 /m);
});

test('run needs a process that serves', async (t) => {
  const { bash, json } = place(t);
  await json('keyfob vault create --mode passphrase --json');
  const { code, stderr } = await bash(`keyfob snippets run ${keys}`);
  assert.equal(code, 1);
  assert.match(stderr, /No process serves this data folder\. Run `keyfob serve`/);
});
