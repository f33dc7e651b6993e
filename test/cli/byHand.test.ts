import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { parseEnv } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { place } from './keyfob.ts';

const yaml = `keyfob: 1
users: [{ username: "te'ster", password: s3cret }, { username: tester, password: s3cret }]
applications:
  - { name: Shop, keys: { PRODUCTION: { consumerKey: shop_key_for_tests, consumerSecret: shop-secret }, SANDBOX: {} } }
  - { name: Other, keys: { SANDBOX: { consumerKey: other_key_for_tests } } }
`;

/** A served place with two applications and two users. */
async function served(t: TestContext) {
  const here = place(t);
  writeFileSync(join(dirname(here.home), 'keyfob.yaml'), yaml);
  const serving = await here.serve('--seed keyfob.yaml --port 0 --json --no-window');
  return { here, serving, tokenUrl: String(JSON.parse(serving.line).tokenUrl) };
}

test('token prints a value and a line break, and refuses on stderr with exit code 1', async (t) => {
  const { here, serving, tokenUrl } = await served(t);
  const lines = [
    ...['keyfob token', 'keyfob token --header', 'keyfob token --env', 'keyfob token -u tester -d ipad --json'],
    'keyfob token --min-lifetime 59m',
  ];
  const env = { KEYFOB_APPLICATION: 'Shop', KEYFOB_KEY_TYPE: 'production' };
  const printed = await here.bash(lines.join(' && '), env);
  assert.deepEqual([printed.code, printed.stderr], [0, '']);
  const [value = '', header, assigned, device = '{}', living, end] = printed.stdout.split('\n');
  assert.match(value, /^[\w-]{28,}$/);
  assert.deepEqual(
    [header, assigned, living, end],
    [`Authorization: Bearer ${value}`, `KEYFOB_ACCESS_TOKEN=${value}`, value, ''],
  );
  assert.equal(JSON.parse(device).scope, 'device_ipad');
  const introspect = tokenUrl.replace(/token$/, 'oauth2/introspect');
  const known = `curl -sS --cacert home/ca.pem -u shop_key_for_tests:shop-secret -d token=${value} ${introspect}`;
  assert.equal(JSON.parse((await here.bash(known)).stdout).active, true);

  const refused: readonly (readonly [string, RegExp])[] = [
    ['-a nosuch', /^No application named "nosuch"/],
    ['-u nosuch', /nosuch/],
    [
      '--min-lifetime 2h -d ipad -u tester',
      /^Token \d+ expires in .*, sooner than 2 h\. Replace it: `keyfob tokens regenerate --application Shop --key-type PRODUCTION --user tester --scope device_ipad`/,
    ],
  ];
  for (const [flags, message] of refused) {
    const { code, stdout, stderr } = await here.bash(`keyfob token ${flags}`, env);
    assert.deepEqual([code, stdout], [1, ''], flags);
    assert.match(stderr, message, flags);
  }
  serving.kill('SIGTERM');
  await serving.ended;
  // Without a process, the command opens the folder.
  assert.equal((await here.bash('keyfob token', env)).stdout, `${value}\n`);
});

test('use stores the application of commands that name none; commands that remove need the names', async (t) => {
  const { here } = await served(t);
  const set = await here.bash('keyfob use shop; keyfob use Shop -k sandbox -u TESTER && keyfob use');
  assert.match(set.stderr, /^No application named "shop"\. Did you mean "Shop"\?/);
  const shown = 'application  Shop\nkey type     SANDBOX\nuser         tester\n';
  assert.equal(set.stdout, `✓ Commands that name no application use "Shop".\n${shown}${shown}`);

  const used = await here.bash(
    "keyfob tokens issue --json; keyfob tokens issue -u '' --json; keyfob token -a Other --json",
  );
  const [tester, application, other] = used.stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).reason.tuple);
  assert.deepEqual([tester.user, tester.userType], ['tester', 'APPLICATION_USER']);
  assert.deepEqual([application.userType, application.consumerKey], ['APPLICATION', tester.consumerKey]);
  // The key type and user are for the application of the default.
  assert.deepEqual([other.consumerKey, other.userType], ['other_key_for_tests', 'APPLICATION']);

  for (const line of ['applications delete', 'keys revoke', 'keys regenerate-secret', 'use --clear --user x']) {
    const { code, stdout } = await here.bash(`keyfob ${line}`);
    assert.deepEqual([code, stdout], [2, ''], line);
  }
  // Lists are not filtered.
  assert.match((await here.bash('keyfob tokens list')).stdout, /^\d+ +Other/m);
  const cleared = await here.bash(
    'keyfob use --clear && keyfob use --json; keyfob use --user tester; keyfob tokens issue',
  );
  assert.equal(cleared.stdout, '✓ Removed the defaults.\n{"application":null,"keyType":null,"user":null}\n');
  const { stdout } = await here.bash('keyfob use Shop --json && keyfob use --clear --json');
  assert.deepEqual(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).application),
    ['Shop', null],
  );
  assert.match(cleared.stderr, /belongs to an application[^\n]*\n--application is missing: there are 2 applications/);
});

test('env writes what each reader understands, and masks before it writes for GitHub', async (t) => {
  const { here, tokenUrl } = await served(t);
  const selection = `-a Shop -k production -u "te'ster" -d ipad i-pad`;
  const { stdout: dotenv } = await here.bash(`keyfob env ${selection} --format dotenv`);
  const values = parseEnv(dotenv);
  assert.deepEqual(
    [values.KEYFOB_TOKEN_URL, values.KEYFOB_CONSUMER_SECRET, values.KEYFOB_USERNAME],
    [tokenUrl, 'shop-secret', "te'ster"],
  );
  assert.equal(values.KEYFOB_ACCESS_TOKEN, values.KEYFOB_ACCESS_TOKEN_IPAD);
  assert.notEqual(values.KEYFOB_ACCESS_TOKEN_IPAD, values.KEYFOB_ACCESS_TOKEN_I_PAD);
  assert.ok(Date.parse(values.KEYFOB_TOKEN_EXPIRES_AT ?? '') > Date.now());

  const sourced = await here.bash(
    `eval "$(keyfob env ${selection})" && printf '%s|' "$KEYFOB_USERNAME" "$KEYFOB_ACCESS_TOKEN_I_PAD"`,
  );
  assert.equal(sourced.stdout, `te'ster|${values.KEYFOB_ACCESS_TOKEN_I_PAD}|`);

  const { stdout: json } = await here.bash(`keyfob env ${selection} --json`);
  assert.deepEqual(Object.keys(JSON.parse(json)).sort(), Object.keys(values).sort());
  const { stdout: manifest } = await here.bash('keyfob env -a Shop -k production --no-token --format k8s');
  const [secret, authority] = parseAllDocuments(manifest).map((document) => document.toJS());
  assert.deepEqual(
    [secret.stringData.KEYFOB_CONSUMER_KEY, 'KEYFOB_ACCESS_TOKEN' in secret.stringData],
    ['shop_key_for_tests', false],
  );
  assert.equal(authority.data['ca.crt'], readFileSync(join(here.home, 'ca.pem'), 'utf8'));

  const outside = await here.bash('keyfob env -a Shop -k production --format github', { GITHUB_ENV: undefined });
  assert.deepEqual([outside.code, outside.stdout], [2, '']);
  assert.match(outside.stderr, /^GITHUB_ENV is not set/);
  const file = join(dirname(here.home), 'github_env');
  writeFileSync(file, 'BEFORE=1\n');
  const step = await here.bash('keyfob env -a Shop -k production --format github', { GITHUB_ENV: file });
  const [, token = ''] = /KEYFOB_ACCESS_TOKEN<<EOF_\w+\n(.*)\n/.exec(readFileSync(file, 'utf8')) ?? [];
  assert.match(readFileSync(file, 'utf8'), /^BEFORE=1\nKEYFOB_TOKEN_URL<<EOF_[0-9a-f]{24}\nhttps:/);
  assert.equal(step.stdout, `::add-mask::shop-secret\n::add-mask::${token}\n`);
  assert.doesNotMatch(step.stderr, new RegExp(`${token}|shop-secret`));
});
