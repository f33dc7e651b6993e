import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import type { contract } from '../../preload/contract/index.ts';
import { assertRound, openPeers, type Round, run } from './round.ts';

const peers = await openPeers();
after(peers.close);

const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const task = peers.task('curl');
const userCall = { username: 'tester', device: 'curl' } as const;

/** An environment whose proxies and curlrc lead nowhere. */
const home = mkdtempSync(join(tmpdir(), 'keyfob-curlrc-'));
after(() => rmSync(home, { recursive: true }));
writeFileSync(join(home, '.curlrc'), 'proxy = "http://127.0.0.1:9"\nfail\n');
const surroundings = ['ALL_PROXY', 'HTTPS_PROXY', 'https_proxy', 'http_proxy']
  .map((name) => `export ${name}=http://127.0.0.1:9`)
  .concat(`export HOME='${home}'`)
  .join('\n');

const bash = async (text: string): Promise<string> => {
  const { code, stdout, stderr } = await run({ command: 'bash', args: ['-c', `${surroundings}\n${text}`] }, '');
  assert.equal(code, 0, stderr);
  return stdout;
};

/** Exports a call as a complete command for bash, and runs it unchanged. */
const exported = async (
  call: Omit<InputOf<typeof contract.snippets.render>, 'application' | 'keyType'>,
): Promise<string> => {
  const { text } = await peers.app.call('snippets.render', { ...keys, ...call, shell: 'bash', secrets: 'real' });
  assert.doesNotMatch(text, /\s(-k|--insecure)\s/);
  return bash(text);
};

test('curl completes every flow, by the exported commands', async () => {
  const application = JSON.parse(await exported({ call: 'token', scope: task.scope }));
  const user = JSON.parse(await exported({ call: 'token', ...userCall }));
  const again = JSON.parse(await exported({ call: 'token', ...userCall }));
  const refreshed = JSON.parse(await exported({ call: 'refresh', ...userCall }));
  const live = JSON.parse(await exported({ call: 'introspect', token: refreshed.access_token }));
  const retired = JSON.parse(await exported({ call: 'introspect', token: user.access_token }));
  const api = { call: 'api', url: peers.task('curl').tokenUrl, token: refreshed.access_token } as const;
  assert.match(await exported(api), /Method not set to POST/);
  assert.equal(await exported({ call: 'revoke', token: refreshed.access_token }), '');
  const revoked = JSON.parse(await exported({ call: 'introspect', token: refreshed.access_token }));
  const { text } = await peers.app.call('snippets.render', { ...keys, ...userCall, shell: 'bash', secrets: 'real' });
  const refusal = JSON.parse(await bash(text.replace('s3cret', 'wrong'))).error;
  assertRound({ application, user, again, refreshed, live, retired, revoked, refusal } as Round, task);
});

test('curl refuses us unless it trusts our authority', async () => {
  const { code } = await run({ command: 'curl', args: ['-s', '-d', 'a=b', task.tokenUrl] }, '');
  assert.equal(code, 60);
});

test("explains the errors of the command in WSO2's documentation", async () => {
  const credentials = Buffer.from(`${task.consumerKey}:${task.consumerSecret}`).toString('base64');
  const asPrinted = (headers: readonly string[]) =>
    run(
      {
        command: 'curl',
        args: [
          ...['-s', '--cacert', task.caFile, '-w', ' %{http_code}'],
          ...['-d', 'grant_type=password&username=tester&password=s3cret'],
          ...headers.flatMap((header) => ['-H', header]),
          task.tokenUrl,
        ],
      },
      '',
    );
  const description = async (header: string) => {
    const { stdout } = await asPrinted([header]);
    const [, body = '', status] = /^(.*) (\d+)$/.exec(stdout) ?? [];
    assert.equal(status, '400', stdout);
    return JSON.parse(body).error_description;
  };
  const type = 'Content-Type: application/x-www-form-urlencoded';
  assert.match(
    await description(`Authorization :Basic ${credentials}, ${type}`),
    /^There's a space before the colon of the Authorization header, and two headers in one -H\. Write: /,
  );
  assert.match(
    await description(`Authorization :Basic ${credentials}`),
    /^There's a space before the colon of the Authorization header\. Write: /,
  );
  assert.match(
    await description(`Authorization: Basic ${credentials}, ${type}`),
    /^There is a comma in the Authorization header: two headers in one\. /,
  );
  const { stdout } = await asPrinted([`Authorization: Basic ${credentials}`, type]);
  assert.match(stdout, /^\{"access_token":".*\} 200$/);
});
