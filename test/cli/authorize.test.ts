import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { signInAt } from '../endpoint/signInBrowser.ts';
import { until } from '../helpers/until.ts';
import { type Place, place } from './keyfob.ts';

const keys = '--application Shop --key-type PRODUCTION';

/** A place that serves, with keys for the code flow. */
async function served(t: TestContext): Promise<Place & { readonly target: { port: number; ca: string } }> {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  const { tokenUrl, caFile } = JSON.parse(serving.line);
  const { json } = here;
  await json('keyfob applications create --name Shop --json');
  await json('keyfob users create --username tester --password s3cret --json');
  await json(
    `keyfob keys generate ${keys} --grant-types authorization_code refresh_token --callback-url http://127.0.0.1/cb --json`,
  );
  return { ...here, target: { port: Number(new URL(tokenUrl).port), ca: readFileSync(caFile, 'utf8') } };
}

const address = /https:\/\/localhost:\d+\/authorize\?\S+/;

test('a person signs in at the printed address, and the command prints the token', async (t) => {
  const { begin, target } = await served(t);
  const commands = [
    ['tokens issue', '--grantType authorization_code --no-browser'],
    ['tokens issue', '--grant-type authorization_code --scope openid --user tester --json'],
    ['tokens authorize', '--scope openid --no-browser'],
  ] as const;
  for (const [name, flags] of commands) {
    const { notes, ended } = begin(name, `${keys} ${flags}`);
    const [url] = await notes(address);
    const page = await signInAt(target, url, { username: 'tester', password: 's3cret' });
    assert.match(await page.text(), /You can close this tab/);
    const { code, stdout, stderr } = await ended;
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^Open this address and sign in: https:/, 'without a display');
    if (flags.endsWith('--json')) {
      const { accessToken, idToken, reused } = JSON.parse(stdout);
      assert.match(accessToken, /^[\w-]{28}$/);
      assert.deepEqual([idToken.split('.').length, reused], [3, false]);
    } else {
      const done = flags.includes('openid')
        ? /^✓ Token \d+ is still live, so you get it again\./
        : /^✓ Issued token \d+\./;
      assert.match(stdout, done);
      assert.match(stdout, /^access token +[\w-]{28}$/m);
      assert.equal(/^id token +ey/m.test(stdout), flags.includes('openid'), stdout);
    }
  }
});

test('Ctrl-C ends the waiting and closes the callback', async (t) => {
  const { begin } = await served(t);
  const { notes, ended, kill } = begin('tokens authorize', `${keys} --no-browser`);
  const [url] = await notes(address);
  kill('SIGINT');
  const { code, stderr } = await ended;
  assert.equal(code, 1);
  assert.match(stderr, /^Cancelled\.$/m);
  const callback = new URL(url).searchParams.get('redirect_uri') ?? '';
  await until('the end of the callback', () =>
    fetch(callback).then(
      () => false,
      () => true,
    ),
  );
});

test('what cannot work says what to do', async (t) => {
  const { bash, json } = await served(t);
  const lifetime = await bash(`keyfob tokens issue ${keys} --grant-type authorization_code --validity-seconds 60`);
  assert.equal(lifetime.code, 2);
  assert.match(lifetime.stderr, /validity/i);
  await json(`keyfob keys update ${keys} --callback-url '' --json`);
  const none = await bash(`keyfob tokens authorize ${keys}`);
  assert.equal(none.code, 1);
  // The suggested command works unchanged.
  const [suggested = ''] = /keyfob keys update .*$/m.exec(none.stderr) ?? [];
  assert.equal((await bash(suggested)).code, 0);
  await json(`keyfob endpoint stop --json`);
  const stopped = await bash(`keyfob tokens authorize ${keys}`);
  assert.match(stopped.stderr, /The endpoint is stopped\. Start it/);
});

test('a sign-in needs a process that serves', async (t) => {
  const { bash, json } = place(t);
  await json('keyfob vault create --mode passphrase --json');
  const { code, stderr } = await bash(`keyfob tokens issue ${keys} --grant-type authorization_code`);
  assert.equal(code, 1);
  assert.match(stderr, /No process serves this data folder\. Run `keyfob serve`/);
});
