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
import { ageTool } from '../helpers/age.ts';
import { passphrase } from '../helpers/app.ts';
import { findSecrets, formsOf } from '../helpers/secretForms.ts';
import { entry, environmentIn, startServing, testFolder } from '../helpers/serving.ts';
import {
  createClients,
  handleApis,
  handleBackups,
  handleDescription,
  handleTokens,
  handleVault,
  recordCalls,
} from './canaryCalls.ts';
import { sendInvalidRequests, sendPortalRequests, sendValidRequests, signInForToken } from './canaryRequests.ts';
import { createLeakDetector, type LeakDetector } from './leakDetector.ts';

const passwords = {
  tester: 'canary "tèster" 100%+&=/\\ €',
  testerLater: 'canary, the second password',
  boss: 'canary-of-the-boss',
  gone: 'canary of a user who goes',
};
const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const otherPassphrase = 'canary: a 2nd pässphrase';
const backupPassphrase = 'canary: of the bäckup';

/** Without a mode, new files would be open to everyone. */
const withoutUmask = ['bash', '-c', 'umask 0; exec "$@"', 'bash'];

/** Records the events of the folder's owner. Resolves when it is connected, with a function that stops it. */
async function recordEvents(home: string, leaks: LeakDetector): Promise<() => void> {
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
    leaks.record('the events', Buffer.concat(chunks));
  };
}

/** Runs one command, and records its output. Gives the exit code. */
async function command(
  folder: string,
  leaks: LeakDetector,
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
  leaks.record(`what keyfob ${args.slice(0, 2).join(' ')} says`, Buffer.concat(chunks));
  return child.exitCode;
}

/** The paths of a folder, itself included, that other users may use. */
function openToOthers(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return ['', ...entries].filter((name) => (statSync(join(folder, name)).mode & 0o077) !== 0);
}

/** Adds keys that no call reveals, by opening the parts of the app directly. */
async function addInternalKeys(home: string, leaks: LeakDetector): Promise<void> {
  const file = readVaultFile(home);
  assert.ok(file?.held.mode === 'passphrase');
  const dataKey = await unwrapWithPassphrase(file, file.held, passphrase);
  assert.ok(dataKey);
  leaks.addSecret('the data key', dataKey.export());
  const vault = createVault({ folder: home, random: createRandom() });
  await vault.unlock(passphrase);
  const { certificates, signingKeys, close } = await openStore(join(home, 'keyfob.db'), vault.sealer);
  const pems = [
    ...(['ca', 'leaf'] as const).map(
      (kind) => [kind, certificates.revealPrivateKey(certificates.newest(kind)?.id ?? 0)] as const,
    ),
    ...signingKeys.list().map(({ id }) => [`signing key ${id}`, signingKeys.revealPrivateKey(id)] as const),
  ];
  assert.equal(pems.length, 5);
  for (const [kind, pem] of pems) {
    const { d = '' } = createPrivateKey(pem).export({ format: 'jwk' });
    leaks.addSecret(`the private key of the ${kind}`, Buffer.from(d, 'base64url'));
    const lines = pem.split('\n').filter((line) => /^[A-Za-z0-9+/=]{20,}$/.test(line));
    for (const [at, line] of lines.entries()) leaks.addSecret(`line ${at} of the private key of the ${kind}`, line);
  }
  await close();
}

test('leaks no secret into files, logs, events, errors or other answers, in any encoding', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const leaks = createLeakDetector();
  for (const [name, password] of Object.entries(passwords)) leaks.addSecret(`the password ${name}`, password);
  leaks.addSecret('the passphrase', passphrase);
  leaks.addSecret('the other passphrase', otherPassphrase);
  leaks.addSecret('the passphrase of the backup', backupPassphrase);
  const age = ageTool(t);
  leaks.addSecret('the private key of the backup', /^AGE-SECRET-KEY-\S+/m.exec(age.keyFile)?.[0] ?? '');

  let serving = startServing(t, folder, withoutUmask, []);
  await serving.said;
  let control = connectControl(home);
  const calls = recordCalls(() => {
    assert.ok(control);
    return control.call;
  }, leaks);
  const { call } = calls;
  const stopListening = await recordEvents(home, leaks);

  const client = await createClients(calls, passwords);
  const { port = 0, httpPort = 0, caFile } = await call('endpoint.status', {});
  const targets = [{ port, ca: readFileSync(caFile, 'utf8') }, { port: httpPort }];
  const boss = { id: 'boss', secret: passwords.boss };
  const { accessToken, refreshToken = '' } = await call('tokens.issue', { ...shop, username: 'tester' });
  await call('settings.write', { devPortal: true });
  for (const target of targets) {
    const wire = { target, client, leaks };
    await sendValidRequests(wire, boss, passwords.tester);
    await sendPortalRequests(wire, boss, client.secret);
    for (const secret of [passwords.tester, client.secret, accessToken, refreshToken, passphrase]) {
      await sendInvalidRequests(wire, secret);
    }
  }
  await sendInvalidRequests({ target: { port }, client, leaks }, passwords.tester);
  await handleTokens(calls, passwords);
  const login = { username: 'tester', password: passwords.testerLater };
  assert.ok(control);
  await signInForToken({ target: { port, ca: readFileSync(caFile, 'utf8') }, leaks }, control.call, login);
  await handleApis(calls);
  await handleDescription(calls, passwords);

  const runs: [readonly string[], number, Readonly<Record<string, string>>?][] = [
    [['users', 'list'], 0],
    [['keys', 'list', '--application', 'Shop'], 0],
    [['tokens', 'list', '--json'], 0],
    [['tokens', 'explain', '--token', accessToken], 0],
    [['tokens', 'revoke', '--token', `${accessToken.slice(0, -1)}${accessToken.endsWith('-') ? '_' : '-'}`], 1],
    [['audit', 'list'], 0],
    [['requests', 'list'], 0],
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
    assert.equal(await command(folder, leaks, args, env), code, args.join(' '));
  }

  // Before the rotation, which empties the log: the log must be searched too.
  await handleVault(calls, passphrase, otherPassphrase);
  await handleBackups(calls, { passphrase: backupPassphrase, other: otherPassphrase, age });
  leaks.recordFolder('while it serves', folder);
  assert.deepEqual(openToOthers(home), ['ca.pem']);
  assert.deepEqual(openToOthers(join(folder, 'run')), []);
  serving.kill('SIGKILL');
  await serving.ended;
  stopListening();
  assert.ok(statSync(join(home, 'keyfob.db-wal')).size > 0);
  leaks.recordFolder('after a kill', folder);
  const { stderr } = serving.output();
  assert.match(stderr, /POST \/token 200 /);
  leaks.record('the log', stderr + serving.output().stdout);

  assert.equal(
    await command(folder, leaks, ['serve', '--port', '0', '--ui-port', '0'], { KEYFOB_PASSPHRASE: otherPassphrase }),
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
  leaks.record('the log', serving.output().stderr + serving.output().stdout);
  leaks.recordFolder('after its end', folder);
  assert.deepEqual(openToOthers(home), ['ca.pem']);

  await addInternalKeys(home, leaks);
  const next = { number: migrations.length + 1, up: () => undefined };
  (await openDatabase(join(home, 'keyfob.db'), { migrations: [...migrations, next] })).close();
  leaks.recordFolder('after a migration', folder);
  assert.deepEqual(openToOthers(home), ['ca.pem']);
  assert.ok(readdirSync(home).includes(`keyfob.db.before-${next.number}`));

  assert.deepEqual(leaks.found(), []);
  // Otherwise finding no leak would prove little.
  const methods = Object.entries(contract).flatMap(([topic, of]) => Object.keys(of).map((name) => `${topic}.${name}`));
  assert.deepEqual([...calls.called].sort(), methods.sort());
  assert.ok(leaks.secretCount() > 40);
});

test('finds a planted secret in a file, in each encoding', (t) => {
  const folder = testFolder(t);
  const secrets = new Map([
    ['password', formsOf(passwords.tester)],
    ['key', formsOf(Buffer.from('canary as bytes \xff\x00', 'latin1'))],
  ]);
  for (const [name, needles] of secrets) {
    for (const [form, needle] of needles) {
      const file = join(folder, 'file');
      writeFileSync(file, Buffer.concat([Buffer.from('before'), needle, Buffer.from('after')]));
      assert.ok(findSecrets(readFileSync(file), secrets).includes(`${name}, ${form}`));
    }
  }
  // As a foreign program would write it.
  const basic = Buffer.from(`some-key:${passwords.boss}:more`).toString('base64');
  const boss = new Map([['boss', formsOf(passwords.boss)]]);
  assert.equal(findSecrets(Buffer.from(basic), boss).length, 1);
  assert.deepEqual(findSecrets(Buffer.from('canary'), boss), []);
});
