import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { until } from '../helpers/until.ts';
import { type Place, passphrase, place } from './keyfob.ts';

interface Issued {
  readonly id: number;
  readonly accessToken: string;
  readonly reused: boolean;
  readonly scope: string;
}

/** The commands of the documentation as printed, each after the other, on whatever owns the folder. */
async function tour({ json, bash }: Place): Promise<void> {
  assert.partialDeepStrictEqual(await json('keyfob users create --username tester --password s3cret --json'), {
    username: 'tester',
    hasPassword: true,
  });
  assert.partialDeepStrictEqual(await json('keyfob applications create --name Shop --json'), {
    name: 'Shop',
    owner: 'admin',
  });
  const keys = (await json('keyfob keys generate --application Shop --keyType PRODUCTION --json')) as {
    readonly consumerKey: string;
    readonly consumerSecret: string;
    readonly token: Issued;
  };
  assert.match(keys.consumerKey, /^\w{28}$/);
  assert.match(keys.consumerSecret, /^\w{28}$/);

  const again = (await json('keyfob tokens issue --application Shop --keyType PRODUCTION --json')) as Issued;
  assert.equal(again.accessToken, keys.token.accessToken);
  assert.equal(again.reused, true);
  const issue = 'keyfob tokens issue --application Shop --keyType PRODUCTION --username tester --scope "a b" --json';
  const user = (await json(issue)) as Issued;
  assert.equal(user.reused, false);

  const mint =
    'keyfob devices mint --application Shop --keyType PRODUCTION --username tester --device ipad --device iphone --json';
  const { items } = (await json(mint)) as { readonly items: readonly (Issued & { readonly device: string })[] };
  assert.deepEqual(
    items.map(({ device, scope }) => [device, scope]),
    [
      ['ipad', 'device_ipad'],
      ['iphone', 'device_iphone'],
    ],
  );
  const [ipad, iphone] = items.map(({ accessToken }) => accessToken);
  assert.notEqual(ipad, iphone);

  const active = async () => {
    const listed = (await json('keyfob tokens list --application Shop --state ACTIVE --json')) as { items: Issued[] };
    return listed.items.map(({ id }) => id);
  };
  assert.deepEqual(await active(), [...[keys.token, user, ...items].map(({ id }) => id)].reverse());
  const revoked = await json(`keyfob tokens revoke --token ${ipad} --json`);
  assert.partialDeepStrictEqual(revoked, { id: items[0]?.id, revoked: true });
  assert.deepEqual((await active()).includes(items[0]?.id ?? 0), false);

  const explained = await bash(`keyfob tokens explain --token ${items[0]?.id}`);
  assert.equal(explained.code, 0);
  assert.match(explained.stdout, /^Timeline of token \d+\nat +state +why\n(.*\n)*.* REVOKED /m);

  const render =
    'keyfob snippets render --application Shop --keyType PRODUCTION --username tester --device ipad --client curl --shell bash --secrets real';
  const snippet = await bash(render);
  assert.match(snippet.stdout, /^curl https:\/\/localhost:\d+\/token/);
  assert.ok(snippet.stdout.includes(keys.consumerSecret));

  const moved = await bash('keyfob settings write --clockOffsetSeconds 3601');
  assert.match(moved.stdout, /^clockOffset +\+1 h 1 s$/m);
  const overdue = await bash('keyfob tokens list --application Shop --state ACTIVE');
  assert.match(overdue.stdout, /ACTIVE +no +.* ago\)/);
  assert.match(overdue.stderr, /^The clock is moved 1 h forward/);
}

test('the documented commands work when nobody owns the folder', async (t) => {
  const here = place(t);
  const first = await here.bash('keyfob applications list --json');
  assert.equal(first.stdout, '{"items":[]}\n');
  assert.match(first.stderr, /^Made a new vault under the passphrase\. `keyfob vault newRecoveryKey` /);
  await tour(here);
});

test('the documented commands work through a serve that owns the folder, which needs no passphrase', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  const without: Place = {
    ...here,
    bash: (line) => here.bash(line, { KEYFOB_PASSPHRASE: undefined }),
  };
  await tour(without);
  serving.kill('SIGTERM');
  assert.equal((await serving.ended).code, 0);
});

test('several commands at the same time take turns', async (t) => {
  const { bash, json } = place(t);
  await bash('keyfob applications list');
  const names = ['One', 'Two', 'Three', 'Four'];
  const made = await Promise.all(names.map((name) => json(`keyfob applications create --name ${name} --json`)));
  assert.deepEqual(
    made.map((one) => (one as { name: string }).name),
    names,
  );
});

test('an empty folder without a passphrase says both ways, and stays without a vault', async (t) => {
  const { bash, home } = place(t);
  const { code, stdout, stderr } = await bash('keyfob applications list', { KEYFOB_PASSPHRASE: undefined });
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /^This data folder has no vault yet: .*vault create --mode keychain.*KEYFOB_PASSPHRASE.*\.\n$/);
  assert.equal(existsSync(join(home, 'vault.json')), false);
});

/** A folder with a vault and one application. */
async function shop(t: TestContext): Promise<Place> {
  const here = place(t);
  await here.bash('keyfob applications create --name Shop');
  return here;
}

test('people get sentences and tables, programs one JSON document', async (t) => {
  const here = await shop(t);
  const { bash } = here;
  const serving = await here.serve('--port 0 --json');
  const people = await bash('keyfob applications list');
  assert.match(people.stdout, /^id +name +owner.*\n1 +Shop +admin .*\n$/);
  assert.equal(people.stderr, '');

  const missing = await bash('keyfob applications read --application Nosuch');
  assert.equal(missing.code, 1);
  assert.equal(missing.stdout, '');
  assert.match(missing.stderr, /^[A-Z].*Nosuch.*\.\n$/);
  const forPrograms = await bash('keyfob applications read --application Nosuch --json');
  assert.equal(forPrograms.code, 1);
  assert.equal(forPrograms.stdout, '');
  assert.equal(JSON.parse(forPrograms.stderr).error.code, 'not_found');

  for (const line of ['keyfob tokens list --limit 0', 'keyfob tokens list --limt 1', 'keyfob tokns', 'keyfob tokens']) {
    const { code, stdout } = await bash(line);
    assert.equal(code, 2, line);
    assert.equal(stdout, '', line);
  }
  const usage = await bash('keyfob keys reveal --json --application Shop');
  assert.equal(usage.code, 2);
  assert.partialDeepStrictEqual(JSON.parse(usage.stderr), {
    error: { code: 'bad_input', message: '--keyType is missing; `--help` behind the command says what it takes.' },
  });

  const cutOff = await bash('set -o pipefail; keyfob users list --json | head -c 1');
  assert.deepEqual(cutOff, { code: 0, stdout: '{', stderr: '' });
  const closed = await bash('set -o pipefail; keyfob applications list | true');
  assert.deepEqual(closed, { code: 0, stdout: '', stderr: '' });

  const plain = await bash('keyfob applications list', { TERM: 'xterm-256color' });
  assert.equal(plain.stdout.includes('\u001B'), false);
  serving.kill('SIGTERM');
  await serving.ended;
});

test('a folder may be named by a flag, before the command or behind it', async (t) => {
  const { bash, home } = await shop(t);
  for (const line of [`keyfob --home ${home} applications list`, `keyfob applications list --home ${home}`]) {
    assert.match((await bash(line, { KEYFOB_HOME: '/nowhere' })).stdout, /Shop/);
  }
});

test('secrets of the vault come from a variable or a file, never from the command line', async (t) => {
  const { bash, home } = await shop(t);
  const file = join(home, '..', 'passphrase');
  writeFileSync(file, `${passphrase}\n`);
  const none = { KEYFOB_PASSPHRASE: undefined };
  const fromFile = await bash('keyfob applications list', { ...none, KEYFOB_PASSPHRASE_FILE: file });
  assert.match(fromFile.stdout, /Shop/);

  const noFile = await bash('keyfob applications list', { ...none, KEYFOB_PASSPHRASE_FILE: `${file}x` });
  assert.equal(noFile.code, 2);
  assert.match(noFile.stderr, /^KEYFOB_PASSPHRASE_FILE names .*passphrasex, which cannot be read; .*\.\n$/);

  const missing = await bash('keyfob applications list', none);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^The passphrase is needed: set KEYFOB_PASSPHRASE, or KEYFOB_PASSPHRASE_FILE .*\.\n$/);

  const wrong = await bash('keyfob applications list --json', { KEYFOB_PASSPHRASE: 'some other words' });
  assert.equal(wrong.code, 1);
  assert.equal(JSON.parse(wrong.stderr).error.code, 'wrong_passphrase');
  assert.doesNotMatch(wrong.stderr, /some other words/);

  for (const flag of ['--passphrase "my secret"', '--passphrase="my secret"', '--newPassphrase="my secret"']) {
    const refused = await bash(`keyfob vault changePassphrase ${flag}`);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^Others can read a command line, so --\w+ does not exist: set KEYFOB_/);
    assert.doesNotMatch(refused.stderr, /my secret/);
  }
  const mistyped = await bash('keyfob users create --username a --pasword=s3cret');
  assert.equal(mistyped.code, 2);
  assert.doesNotMatch(mistyped.stderr, /s3cret/);
});

test('while somebody serves, a new data key is his to go on with', async (t) => {
  const { bash, serve, json } = place(t);
  const serving = await serve('--port 0 --json');
  const rotated = await bash('keyfob vault rotateDataKey');
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.match(rotated.stdout, /^recoveryKey +(\w{5}-){5}\w{5}$/m);
  assert.match(rotated.stderr, /^Write the recovery key down: /);
  assert.match(rotated.stderr, /^Everything is sealed anew while Keyfob serves on; /m);
  await until('its end', async () => !('rotation' in ((await json('keyfob vault status --json')) as object)));
  serving.kill('SIGTERM');
  await serving.ended;
});

test('a vault is made, its passphrase changed, and recovered, all by the environment', async (t) => {
  const { bash } = place(t);
  const made = await bash('keyfob vault create --mode passphrase --json');
  const { recoveryKey } = JSON.parse(made.stdout);
  assert.equal(typeof recoveryKey, 'string');
  assert.equal(made.stderr, '');

  const changed = await bash('keyfob vault changePassphrase', { KEYFOB_NEW_PASSPHRASE: 'the second passphrase' });
  assert.equal(changed.code, 0, changed.stderr);
  assert.equal((await bash('keyfob users list')).code, 1);
  assert.equal((await bash('keyfob users list', { KEYFOB_PASSPHRASE: 'the second passphrase' })).code, 0);

  const recovered = await bash('keyfob vault recover --mode passphrase', {
    KEYFOB_RECOVERY_KEY: recoveryKey,
    KEYFOB_NEW_PASSPHRASE: 'the third passphrase',
  });
  assert.equal(recovered.code, 0, recovered.stderr);
  assert.match(recovered.stdout, /^state +unlocked$/m);
  assert.equal((await bash('keyfob users list', { KEYFOB_PASSPHRASE: 'the third passphrase' })).code, 0);

  const rotated = await bash('keyfob vault rotateDataKey --json', { KEYFOB_PASSPHRASE: 'the third passphrase' });
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.match(rotated.stderr, /^Everything is sealed anew now\. Should this be broken off, it goes on /);
  assert.equal(typeof JSON.parse(rotated.stdout).recoveryKey, 'string');
  const after = await bash('keyfob vault status --json');
  assert.deepEqual(JSON.parse(after.stdout), { state: 'locked', mode: 'passphrase', recoveryKey: 'unconfirmed' });
  assert.equal((await bash('keyfob users list', { KEYFOB_PASSPHRASE: 'the third passphrase' })).code, 0);

  const tooShort = await bash('keyfob vault changePassphrase', {
    KEYFOB_PASSPHRASE: 'the third passphrase',
    KEYFOB_NEW_PASSPHRASE: 'short',
  });
  assert.equal(tooShort.code, 2);
  assert.equal(tooShort.stderr, 'A passphrase has at least 8 characters.\n');
});

test('the endpoint is not started in a process that ends at once', async (t) => {
  const { bash } = place(t);
  const { code, stderr } = await bash('keyfob endpoint start --port 0');
  assert.equal(code, 1);
  assert.equal(stderr, 'Nobody serves this data folder; `keyfob serve` starts the endpoint and stays.\n');
});

test('what the system refuses is told in its words', async (t) => {
  const { bash, home } = place(t);
  writeFileSync(home, 'not a folder');
  const { code, stdout, stderr } = await bash('keyfob applications list');
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /home is not what Keyfob expects there \(EEXIST\); move it away and try again\.\n$/);
});

test('output that cannot be written is one line on stderr and exit code 1; a reader that went away is no error', async (t) => {
  const { bash } = place(t);
  await bash('keyfob applications create --name Shop');
  const lost = 'The output could not be written (ENOSPC): the disk is full; free some space and try again.\n';
  for (const line of ['applications list', 'applications list --json', '--help', 'completion bash', 'serve --port 0']) {
    const { code, stderr } = await bash(`keyfob ${line} >/dev/full`);
    assert.deepEqual(
      [code, line.endsWith('--json') ? JSON.parse(stderr).error.message : stderr.trim()],
      [1, lost.trim()],
    );
  }
  assert.equal((await bash('keyfob applications list >/dev/null 2>/dev/full')).code, 0);
  const piped = await bash('set -o pipefail; keyfob completion bash | head -c1 >/dev/null');
  assert.deepEqual([piped.code, piped.stderr], [0, '']);
});
