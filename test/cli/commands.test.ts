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

/** Runs the documented commands one after the other, with or without an owner of the folder. */
async function tour({ json, bash }: Place): Promise<void> {
  assert.partialDeepStrictEqual(await json('keyfob users create --username tester --password s3cret --json'), {
    username: 'tester',
    hasPassword: true,
  });
  assert.partialDeepStrictEqual(await json('keyfob applications create --name Shop --json'), {
    name: 'Shop',
    owner: 'admin',
  });
  const keys = (await json('keyfob keys generate --application Shop --key-type PRODUCTION --json')) as {
    readonly consumerKey: string;
    readonly consumerSecret: string;
    readonly token: Issued;
  };
  assert.match(keys.consumerKey, /^\w{28}$/);
  assert.match(keys.consumerSecret, /^\w{28}$/);

  const again = (await json('keyfob tokens issue --application Shop --key-type PRODUCTION --json')) as Issued;
  assert.equal(again.accessToken, keys.token.accessToken);
  assert.equal(again.reused, true);
  const issue = 'keyfob tokens issue --application Shop --key-type PRODUCTION --username tester --scope "a b" --json';
  const user = (await json(issue)) as Issued;
  assert.equal(user.reused, false);

  const mint =
    'keyfob devices mint --application Shop --key-type PRODUCTION --username tester --device ipad --device iphone --json';
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
  assert.match(explained.stdout, /^Timeline of token \d+\ntime +state +why\n(.*\n)*.* REVOKED /m);

  const render =
    'keyfob snippets render --application Shop --key-type PRODUCTION --username tester --device ipad --client curl --shell bash --secrets real';
  const snippet = await bash(render);
  assert.match(snippet.stdout, /^curl -q --noproxy '\*' https:\/\/localhost:\d+\/token/);
  assert.ok(snippet.stdout.includes(keys.consumerSecret));

  const moved = await bash('keyfob settings write --clock-offset-seconds 3601');
  assert.match(moved.stdout, /^✓ Saved\.\nclock-offset-seconds +\+1 h 1 s$/m);
  const overdue = await bash('keyfob tokens list --application Shop --state ACTIVE');
  assert.match(overdue.stdout, /ACTIVE +no +.* ago\)/);
  assert.match(overdue.stderr, /^The clock is moved 1 h forward/);
}

test('the documented commands work without an owner of the folder', async (t) => {
  const here = place(t);
  const first = await here.bash('keyfob applications list --json');
  assert.equal(first.stdout, '{"items":[]}\n');
  assert.match(
    first.stderr,
    /^Created a new vault, protected by your passphrase\. .* `keyfob vault new-recovery-key`$/m,
  );
  await tour(here);
});

test('the documented commands work through a serving process, without a passphrase', async (t) => {
  const here = place(t);
  const serving = await here.serve('--port 0 --json');
  const without: Place = {
    ...here,
    bash: (line) => here.bash(line, { KEYFOB_PASSPHRASE: undefined }),
  };
  await tour(without);
  // The unlocked vault of another process proves nothing about this user.
  const unproven = await without.bash('keyfob vault newRecoveryKey');
  assert.equal(unproven.code, 2);
  assert.match(unproven.stderr, /^Passphrase missing: set KEYFOB_PASSPHRASE/);
  const wrong = await here.bash('keyfob vault newRecoveryKey --json', { KEYFOB_PASSPHRASE: 'some other words' });
  assert.equal(JSON.parse(wrong.stderr).error.code, 'wrong_passphrase');
  assert.equal(JSON.parse((await here.bash('keyfob vault status --json')).stdout).recoveryKey, 'none');
  assert.match((await here.bash('keyfob vault newRecoveryKey')).stdout, /^recovery key +\w{5}-/m);
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

test('without a passphrase an empty folder gets no vault, and the error names both ways', async (t) => {
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

test('people get sentences and tables, programs get one JSON document', async (t) => {
  const here = await shop(t);
  const { bash } = here;
  const serving = await here.serve('--port 0 --json');
  const people = await bash('keyfob applications list');
  assert.match(people.stdout, /^id +name +owner.*\n1 +Shop +admin .*\n$/);
  assert.equal(people.stderr, '');

  const missing = await bash('keyfob applications read --application Nosuch');
  assert.equal(missing.code, 1);
  assert.equal(missing.stdout, '');
  assert.match(missing.stderr, /^No application named "Nosuch"\. \(`keyfob applications list` shows all\.\)\n$/);
  const forPrograms = await bash('keyfob applications read --application Nosuch --json');
  assert.equal(forPrograms.code, 1);
  assert.equal(forPrograms.stdout, '');
  assert.equal(JSON.parse(forPrograms.stderr).error.code, 'not_found');

  for (const line of ['keyfob tokens list --limit 0', 'keyfob tokens list --limt 1', 'keyfob tokns']) {
    const { code, stdout } = await bash(line);
    assert.equal(code, 2, line);
    assert.equal(stdout, '', line);
  }
  const usage = await bash('keyfob keys revoke --json --application Shop');
  assert.equal(usage.code, 2);
  assert.partialDeepStrictEqual(JSON.parse(usage.stderr), {
    error: { code: 'bad_input', message: '--key-type is missing. Run `keyfob keys revoke --help` for usage.' },
  });

  const near = await bash('keyfob applications read --application shpo');
  assert.equal(near.code, 1);
  assert.equal(
    near.stderr,
    'No application named "shpo". Did you mean "Shop"? (`keyfob applications list` shows all.)\n',
  );
  const wordings: readonly (readonly [string, number, string])[] = [
    ['keyfob users disable --user nobody', 1, 'No user named "nobody". (`keyfob users list` shows all.)'],
    ['keyfob scopes delete --name nosuch', 1, 'No scope named "nosuch". (`keyfob scopes list` shows all.)'],
    ['keyfob tokens explain --token 99', 1, 'No token has this value or id. (`keyfob tokens list` shows all.)'],
    ['keyfob tokens list --limit 0', 2, '--limit must be at least 1.'],
    [
      'keyfob keys reveal --application Shop --key-typ PRODUCTION',
      2,
      'Unknown option --key-typ. Did you mean --key-type? Run `keyfob keys reveal --help` for usage.',
    ],
    ['keyfob tokens isue', 2, 'Unknown command "isue". Did you mean "issue"? Run `keyfob tokens --help` for usage.'],
    ['keyfob tokns', 2, 'Unknown command "tokns". Did you mean "tokens"? Run `keyfob --help` for usage.'],
    [
      'keyfob serve --port x',
      2,
      '"x" is not valid for --port. Use a port from 1 to 65535, or 0 for any free port. Run `keyfob serve --help` for usage.',
    ],
    ['keyfob tokens list --limit', 2, '--limit needs a value. Run `keyfob tokens list --help` for usage.'],
    [
      'keyfob tokens list extra words',
      2,
      'Too many words for this command; each value needs its flag. Run `keyfob tokens list --help` for usage.',
    ],
  ];
  for (const [line, code, text] of wordings) {
    assert.deepEqual(await bash(line), { code, stdout: '', stderr: `${text}\n` }, line);
  }

  const cutOff = await bash('set -o pipefail; keyfob users list --json | head -c 1');
  assert.deepEqual(cutOff, { code: 0, stdout: '{', stderr: '' });
  const closed = await bash('set -o pipefail; keyfob applications list | true');
  assert.deepEqual(closed, { code: 0, stdout: '', stderr: '' });

  const plain = await bash('keyfob applications list', { TERM: 'xterm-256color' });
  assert.equal(plain.stdout.includes('\u001B'), false);
  serving.kill('SIGTERM');
  await serving.ended;
});

test('passwords can come from standard input, and a revocation without effect is an error', async (t) => {
  const here = await shop(t);
  const { bash, json } = here;
  const serving = await here.serve('--port 0 --json --no-window');
  const created = await bash("printf 'pä ss\\n' | keyfob users create --user ann --password-stdin");
  assert.equal(created.stdout, '✓ Created user "ann" (id 2).\n', created.stderr);
  assert.match(created.stderr, /^Next: keyfob tokens issue .* --user ann$/m);
  const mail = await bash('keyfob users create --user kim@example.com --password pw');
  assert.match(mail.stdout, /^note +kim is in the tenant example\.com, .* kim@example\.com@carbon\.super /m);
  assert.equal(mail.stderr, '');
  const password = async () => ((await json('keyfob users reveal --user ann --json')) as { password: string }).password;
  assert.equal(await password(), 'pä ss');
  await bash("printf 'another' | keyfob users set-password --username ann --password -");
  assert.equal(await password(), 'another');
  const missing = await bash('keyfob users set-password --user ann');
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^--password is missing: add --password-stdin and pipe it in, /);
  const binary = await bash("printf '\\xff' | keyfob users set-password --user ann --password-stdin");
  assert.deepEqual(
    [binary.code, binary.stderr],
    [
      2,
      'The password on standard input is not valid UTF-8 (perhaps it is Latin-1 or Windows-1252): save it as UTF-8. Nothing was changed.\n',
    ],
  );
  await bash("printf '\\xff\\xfep\\0w\\0' | keyfob users set-password --user ann --password-stdin");
  assert.equal(await password(), 'pw');

  const shopKeys = '--application Shop --key-type PRODUCTION';
  await bash(`keyfob keys generate ${shopKeys}; keyfob devices mint ${shopKeys} --user ann --device ipad iphone`);
  const token = (await bash(`keyfob tokens issue ${shopKeys} --json`)).stdout;
  const explained = await bash(`echo ${JSON.parse(token).accessToken} | keyfob tokens read --token -`);
  assert.match(explained.stdout, /^id +1$/m, explained.stderr);

  const nothing: readonly (readonly [string, string, string])[] = [
    [
      `devices revoke ${shopKeys} --user ann --device ipda`,
      'not_found',
      'No live token of device "ipda". Did you mean "ipad"? (`keyfob tokens list --device-tokens` shows all.)',
    ],
    [
      'tokens revoke-all --device iphon',
      'not_found',
      'No live token of device "iphon". Did you mean "iphone"? (`keyfob tokens list --device-tokens` shows all.)',
    ],
    [
      'tokens revoke-many --ids 98 --ids 99',
      'not_found',
      'None of these tokens is live. Nothing was revoked. (`keyfob tokens list` shows all.)',
    ],
    [
      'tokens revoke-all --user admin --device x',
      'not_found',
      'No live token of device "x". (`keyfob tokens list --device-tokens` shows all.)',
    ],
  ];
  for (const [line, code, text] of nothing) {
    assert.deepEqual(await bash(`keyfob ${line}`), { code: 1, stdout: '', stderr: `${text}\n` }, line);
    assert.equal(JSON.parse((await bash(`keyfob ${line} --json`)).stderr).error.code, code, line);
  }
  assert.equal((await bash('keyfob tokens revoke --token 2')).stdout, '✓ Revoked token 2 of "Shop".\n');
  const again = await bash('keyfob tokens revoke --token 2');
  assert.deepEqual([again.code, again.stderr], [1, 'Token 2 is REVOKED already. Nothing was changed.\n']);

  await bash('keyfob applications delete --application Shop');
  assert.equal(
    (await bash('keyfob applications restore --application Shop')).stdout,
    '✓ Restored application "Shop" (id 1).\n',
  );
  serving.kill('SIGTERM');
  await serving.ended;
});

test('help and version go to stdout and exit with 0', async (t) => {
  const { bash } = place(t);
  const ask = async (line: string) => {
    const { code, stdout, stderr } = await bash(line);
    assert.deepEqual([code, stderr], [0, ''], line);
    return stdout;
  };
  const version = await ask('keyfob --version');
  assert.match(version, /^\d+\.\d+\.\d+\n$/);
  for (const line of ['keyfob version', 'keyfob -v']) assert.equal(await ask(line), version);
  assert.deepEqual(JSON.parse(await ask('keyfob --json --version')), { version: version.trim() });
  assert.match(await ask('keyfob'), /^Usage: keyfob \[options\] \[command\]/);
  assert.match(await ask('keyfob tokens'), /^Usage: keyfob tokens /);
  assert.equal(await ask('keyfob help tokens issue'), await ask('keyfob tokens issue --help'));
});

test('a flag names the data folder, before or after the command', async (t) => {
  const { bash, home } = await shop(t);
  for (const line of [`keyfob --home ${home} applications list`, `keyfob applications list --home ${home}`]) {
    assert.match((await bash(line, { KEYFOB_HOME: '/nowhere' })).stdout, /Shop/);
  }
});

test('secrets of the vault come from a variable or a file, never from a flag', async (t) => {
  const { bash, home } = await shop(t);
  const file = join(home, '..', 'passphrase');
  writeFileSync(file, `${passphrase}\n`);
  const none = { KEYFOB_PASSPHRASE: undefined };
  const fromFile = await bash('keyfob applications list', { ...none, KEYFOB_PASSPHRASE_FILE: file });
  assert.match(fromFile.stdout, /Shop/);

  // Windows editors and PowerShell write this encoding.
  writeFileSync(file, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${passphrase}\r\n`, 'utf16le')]));
  const fromUtf16 = await bash('keyfob applications list', { ...none, KEYFOB_PASSPHRASE_FILE: file });
  assert.match(fromUtf16.stdout, /Shop/);
  writeFileSync(file, Buffer.from('caf\u00e9 cr\u00e8me', 'latin1'));
  const latin1 = await bash('keyfob applications list', { ...none, KEYFOB_PASSPHRASE_FILE: file });
  assert.equal(latin1.code, 2);
  assert.match(
    latin1.stderr,
    /passphrase \(named by KEYFOB_PASSPHRASE_FILE\) is not valid UTF-8 .*: save it as UTF-8\./,
  );

  const noFile = await bash('keyfob applications list', { ...none, KEYFOB_PASSPHRASE_FILE: `${file}x` });
  assert.equal(noFile.code, 2);
  assert.match(noFile.stderr, /^Cannot read .*passphrasex \(named by KEYFOB_PASSPHRASE_FILE\)\. .*\.\n$/);

  const missing = await bash('keyfob applications list', none);
  assert.equal(missing.code, 2);
  assert.match(missing.stderr, /^Passphrase missing: set KEYFOB_PASSPHRASE, or set KEYFOB_PASSPHRASE_FILE .*\.\n$/);

  const wrong = await bash('keyfob applications list --json', { KEYFOB_PASSPHRASE: 'some other words' });
  assert.equal(wrong.code, 1);
  assert.equal(JSON.parse(wrong.stderr).error.code, 'wrong_passphrase');
  assert.doesNotMatch(wrong.stderr, /some other words/);

  for (const flag of [
    '--passphrase "my secret"',
    '--passphrase="my secret"',
    '--new-passphrase="my secret"',
    '--newPassphrase "my secret"',
  ]) {
    const refused = await bash(`keyfob vault changePassphrase ${flag}`);
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /^Others can read a command line, so --[a-z-]+ does not exist: set KEYFOB_/);
    assert.doesNotMatch(refused.stderr, /my secret/);
  }
  const mistyped = await bash('keyfob users create --username a --pasword=s3cret');
  assert.equal(mistyped.code, 2);
  assert.doesNotMatch(mistyped.stderr, /s3cret/);
});

test('a serving process continues the rotation of the data key', async (t) => {
  const { bash, serve, json } = place(t);
  const serving = await serve('--port 0 --json');
  const rotated = await bash('keyfob vault rotateDataKey');
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.match(rotated.stdout, /^recovery key +(\w{5}-){5}\w{5}$/m);
  assert.match(rotated.stderr, /^Next: save the recovery key, /);
  assert.match(rotated.stderr, /^Re-encrypting everything while Keyfob keeps serving; /m);
  await until('its end', async () => !('rotation' in ((await json('keyfob vault status --json')) as object)));
  serving.kill('SIGTERM');
  await serving.ended;
});

test('a script can create a vault, change its passphrase and recover it', async (t) => {
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
  assert.match(recovered.stdout, /^✓ Opened the vault; its key is now protected by your passphrase\.$/m);
  assert.equal((await bash('keyfob users list', { KEYFOB_PASSPHRASE: 'the third passphrase' })).code, 0);

  const rotated = await bash('keyfob vault rotateDataKey --json', { KEYFOB_PASSPHRASE: 'the third passphrase' });
  assert.equal(rotated.code, 0, rotated.stderr);
  assert.match(rotated.stderr, /^Re-encrypting everything\. If this is interrupted, it continues /);
  assert.equal(typeof JSON.parse(rotated.stdout).recoveryKey, 'string');
  const after = await bash('keyfob vault status --json');
  assert.deepEqual(JSON.parse(after.stdout), { state: 'locked', mode: 'passphrase', recoveryKey: 'unconfirmed' });
  assert.equal((await bash('keyfob users list', { KEYFOB_PASSPHRASE: 'the third passphrase' })).code, 0);

  const tooShort = await bash('keyfob vault changePassphrase', {
    KEYFOB_PASSPHRASE: 'the third passphrase',
    KEYFOB_NEW_PASSPHRASE: 'short',
  });
  assert.equal(tooShort.code, 2);
  assert.equal(tooShort.stderr, 'Use at least 8 characters for the passphrase.\n');
});

test('endpoint start is refused in a process that ends at once', async (t) => {
  const { bash } = place(t);
  const { code, stderr } = await bash('keyfob endpoint start --port 0');
  assert.equal(code, 1);
  assert.equal(
    stderr,
    'No process serves this data folder. Run `keyfob serve`: it starts the endpoint and keeps running.\n',
  );
});

test('an error of the system is one sentence with its code', async (t) => {
  const { bash, home } = place(t);
  writeFileSync(home, 'not a folder');
  const { code, stdout, stderr } = await bash('keyfob applications list');
  assert.equal(code, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /home is not the kind of file Keyfob expects \(EEXIST\)\. Move it away and try again\.\n$/);
});

test('output that cannot be written is one line on stderr and exit code 1, but a closed reader is no error', async (t) => {
  const { bash } = place(t);
  await bash('keyfob applications create --name Shop');
  const lost = 'Cannot write the output (ENOSPC): the disk is full; free some space and try again.\n';
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
