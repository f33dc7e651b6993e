import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';
import { createRandom } from '../../main/platform/random.ts';
import { migrations } from '../../main/store/database/migrate.ts';
import { openDatabase } from '../../main/store/database/open.ts';
import { openStore } from '../../main/store/store.ts';
import { connectControl } from '../../main/transport/client.ts';
import { readControlFile } from '../../main/transport/controlFile.ts';
import { unwrapWithPassphrase } from '../../main/vault/holders/passphrase.ts';
import { createVault } from '../../main/vault/vault.ts';
import { readVaultFile } from '../../main/vault/vaultFile.ts';
import { contract } from '../../preload/contract/index.ts';
import { passphrase } from '../helpers/app.ts';
import { needlesOf, secretsIn } from '../helpers/needles.ts';
import { entry, environmentIn, startServing, testFolder } from '../helpers/serving.ts';
import { furnish, handleBackups, handleTokens, handleVault, listenToCalls } from './canaryCalls.ts';
import { behave, misuse } from './canaryRequests.ts';
import { createWitness, type Witness } from './witness.ts';

const passwords = {
  tester: 'canary "tèster" 100%+&=/\\ €',
  testerLater: 'canary, the second password',
  boss: 'canary-of-the-boss',
  gone: 'canary of a user who goes',
};
const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const otherPassphrase = 'canary: a 2nd pässphrase';
const backupPassphrase = 'canary: of the bäckup';

/** A program that opens all it makes to everyone, unless told otherwise. */
const withoutUmask = ['bash', '-c', 'umask 0; exec "$@"', 'bash'];

/** Listens to the events of whoever owns the folder; resolves when it is listened, with what stops it. */
async function listenToEvents(home: string, witness: Witness): Promise<() => void> {
  const { socket, bearer } = readControlFile(home) ?? { socket: '', bearer: '' };
  const headers = { authorization: `Bearer ${bearer}` };
  const sent = request({ socketPath: socket, path: '/events', agent: false, headers });
  const chunks: Buffer[] = [];
  await new Promise<void>((listening, failed) => {
    sent.on('error', failed);
    sent.on('response', (response) => {
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', () => {});
      listening();
    });
    sent.end();
  });
  return () => {
    sent.destroy();
    assert.ok(chunks.length > 0);
    witness.hear('the events', Buffer.concat(chunks));
  };
}

/** Runs one command; the witness hears all that it says. Gives the exit code. */
async function command(
  folder: string,
  witness: Witness,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  const child = spawn(process.execPath, [entry, ...args], {
    env: { ...environmentIn(folder), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  witness.hear(`what keyfob ${args.slice(0, 2).join(' ')} says`, Buffer.concat(chunks));
  return child.exitCode;
}

/** What of a folder, itself included, others than its owner may use. */
function openToOthers(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return ['', ...entries].filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
}

/** What the vault keeps the rest by, and what it is never asked for: dug out with the parts of the app. */
async function digOut(home: string, witness: Witness): Promise<void> {
  const file = readVaultFile(home);
  assert.ok(file?.held.mode === 'passphrase');
  const dataKey = await unwrapWithPassphrase(file, file.held, passphrase);
  assert.ok(dataKey);
  witness.keep('the data key', dataKey.export());
  const vault = createVault({ folder: home, random: createRandom() });
  await vault.unlock(passphrase);
  const { certificates, close } = await openStore(join(home, 'keyfob.db'), vault.sealer);
  for (const kind of ['ca', 'leaf'] as const) {
    const pem = certificates.revealPrivateKey(certificates.newest(kind)?.id ?? 0);
    const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
    witness.keep(`the private key of the ${kind}`, Buffer.from(d, 'base64url'));
    const lines = pem.split('\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
    for (const [at, line] of lines.entries()) witness.keep(`line ${at} of the private key of the ${kind}`, line);
  }
  await close();
}

test('no secret is in any file, log, event, error or other answer, in whatever form', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const witness = createWitness();
  for (const [name, password] of Object.entries(passwords)) witness.keep(`the password ${name}`, password);
  witness.keep('the passphrase', passphrase);
  witness.keep('the other passphrase', otherPassphrase);
  witness.keep('the passphrase of the backup', backupPassphrase);

  let serving = startServing(t, folder, withoutUmask, []);
  await serving.said;
  let control = connectControl(home);
  const calls = listenToCalls(() => {
    assert.ok(control);
    return control.call;
  }, witness);
  const { call } = calls;
  const stopListening = await listenToEvents(home, witness);

  const client = await furnish(calls, passwords);
  const { port = 0, httpPort = 0, caFile } = await call('endpoint.status', {});
  const targets = [{ port, ca: readFileSync(caFile, 'utf8') }, { port: httpPort }];
  const boss = { id: 'boss', secret: passwords.boss };
  const { accessToken, refreshToken = '' } = await call('tokens.issue', { ...shop, username: 'tester' });
  for (const target of targets) {
    const wire = { target, client, witness };
    await behave(wire, boss, passwords.tester);
    for (const secret of [passwords.tester, client.secret, accessToken, refreshToken, passphrase]) {
      await misuse(wire, secret);
    }
  }
  await misuse({ target: { port }, client, witness }, passwords.tester);
  await handleTokens(calls, passwords);

  const runs: [readonly string[], number, Readonly<Record<string, string>>?][] = [
    [['users', 'list'], 0],
    [['keys', 'list', '--application', 'Shop'], 0],
    [['tokens', 'list', '--json'], 0],
    [['tokens', 'explain', '--token', accessToken], 0],
    [['tokens', 'revoke', '--token', `${accessToken.slice(0, -1)}${accessToken.endsWith('-') ? '_' : '-'}`], 1],
    [['audit', 'list'], 0],
    [['endpoint', 'requests'], 0],
    [['snippets', 'render', '--application', 'Shop', '--keyType', 'PRODUCTION', '--username', 'tester'], 0],
    [['users', 'setPassword', '--user', 'nobody', '--password', passwords.boss], 1],
    [['users', 'create', '--username', 'x', `--pasword=${passwords.boss}`], 2],
    [['users', 'create', '--username', 'x', '--pasword', passwords.boss], 2],
    [['users', 'create', '--username', 'x', passwords.boss], 2],
    [['vault', 'unlock', `--passphrase=${passphrase}`], 2],
    [['vault', 'unlock'], 1, { KEYFOB_PASSPHRASE: otherPassphrase }],
    [['vault', 'recover', '--mode', 'passphrase'], 1, { KEYFOB_RECOVERY_KEY: otherPassphrase }],
    [['serve', '--port', '0', '--ui-port', '0'], 1],
  ];
  for (const [args, code, env] of runs) {
    assert.equal(await command(folder, witness, args, env), code, args.join(' '));
  }

  // A new data key empties the log, which is to be searched as well: so this comes first.
  await handleVault(calls, passphrase, otherPassphrase);
  await handleBackups(calls, backupPassphrase, otherPassphrase);
  witness.look('while it serves', folder);
  assert.deepEqual(openToOthers(home), ['ca.pem']);
  assert.deepEqual(openToOthers(join(folder, 'run')), []);
  serving.kill('SIGKILL');
  await serving.ended;
  stopListening();
  assert.ok(statSync(join(home, 'keyfob.db-wal')).size > 0);
  witness.look('after a kill', folder);
  const { stderr } = serving.output();
  assert.match(stderr, /POST \/token 200 /);
  witness.hear('the log', stderr + serving.output().stdout);

  assert.equal(
    await command(folder, witness, ['serve', '--port', '0', '--ui-port', '0'], { KEYFOB_PASSPHRASE: otherPassphrase }),
    1,
  );
  serving = startServing(t, folder, withoutUmask, []);
  await serving.said;
  control = connectControl(home);
  await call('tokens.issue', { ...shop, username: 'tester', scope: 'device_late' });
  await call('endpoint.stop', {});
  await call('endpoint.start', { port: 0 });
  serving.kill('SIGTERM');
  await serving.ended;
  witness.hear('the log', serving.output().stderr + serving.output().stdout);
  witness.look('after its end', folder);
  assert.deepEqual(openToOthers(home), ['ca.pem']);

  await digOut(home, witness);
  const next = { number: migrations.length + 1, up: () => undefined };
  (await openDatabase(join(home, 'keyfob.db'), { migrations: [...migrations, next] })).close();
  witness.look('after a migration', folder);
  assert.deepEqual(openToOthers(home), ['ca.pem']);
  assert.ok(readdirSync(home).includes(`keyfob.db.before-${next.number}`));

  assert.deepEqual(witness.betrayed(), []);
  // Else the silence would show little.
  const methods = Object.entries(contract).flatMap(([topic, of]) => Object.keys(of).map((name) => `${topic}.${name}`));
  assert.deepEqual([...calls.called].sort(), methods.sort());
  assert.ok(witness.size() > 40);
});

test('a secret that lies in a file is found, in each form', (t) => {
  const folder = testFolder(t);
  const secrets = new Map([
    ['password', needlesOf(passwords.tester)],
    ['key', needlesOf(Buffer.from('canary as bytes \xff\x00', 'latin1'))],
  ]);
  for (const [name, needles] of secrets) {
    for (const [form, needle] of needles) {
      const file = join(folder, 'file');
      writeFileSync(file, Buffer.concat([Buffer.from('before'), needle, Buffer.from('after')]));
      assert.ok(secretsIn(readFileSync(file), secrets).includes(`${name}, ${form}`));
    }
  }
  // As others write it.
  const basic = Buffer.from(`some-key:${passwords.boss}:more`).toString('base64');
  const boss = new Map([['boss', needlesOf(passwords.boss)]]);
  assert.equal(secretsIn(Buffer.from(basic), boss).length, 1);
  assert.deepEqual(secretsIn(Buffer.from('canary'), boss), []);
});
