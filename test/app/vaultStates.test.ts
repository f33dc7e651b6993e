import assert from 'node:assert/strict';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import Database from 'better-sqlite3';
import { type App, openApp } from '../../main/app/app.ts';
import { connectControl } from '../../main/transport/client.ts';
import type { AnyMethod } from '../../preload/contract/define.ts';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { contract, type MethodName } from '../../preload/contract/index.ts';
import { openTestApp, passphrase } from '../helpers/app.ts';
import { fillFolder, tester } from '../helpers/filled.ts';
import { type Keyring, startKeyring } from '../helpers/keyring.ts';
import { createOAuthClient } from '../helpers/oauthClient.ts';
import { startServing, testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';
import { openShop } from './shop.ts';
import { validInputs } from './validInputs.ts';

// Shared by all tests, as a process looks up its bus only once.
let keyring: Keyring;
before(async () => {
  keyring = await startKeyring();
  Object.assign(process.env, keyring.env);
});
after(() => keyring.stop());

/** The answer of each method: `ok` or its error code. */
async function answersOf({ dispatch }: App, methods: readonly MethodName[]): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const method of methods) {
    const reply = await dispatch({ method, input: validInputs[method] });
    answers[method] = reply.ok ? 'ok' : reply.error.code;
  }
  return answers;
}

const methods = Object.entries(contract).flatMap(([topic, of]) =>
  Object.entries(of).map(([name, method]: [string, AnyMethod]) => ({
    name: `${topic}.${name}` as MethodName,
    whileLocked: method.whileLocked,
  })),
);
const whileLocked = methods.filter((method) => method.whileLocked).map(({ name }) => name);
const unlockedOnly = methods.filter((method) => !method.whileLocked).map(({ name }) => name);
const allAnswer = (code: string) => Object.fromEntries(unlockedOnly.map((name) => [name, code]));

const anyTime = {
  'endpoint.status': 'ok',
  'about.read': 'ok',
  'preferences.read': 'ok',
  'preferences.write': 'ok',
  'doctor.run': 'ok',
  'requests.addToolCall': 'ok',
  'vault.status': 'ok',
  'vault.keychain': 'ok',
  'vault.create': 'vault_exists',
  'vault.unlock': 'wrong_passphrase',
  'vault.recover': 'wrong_recovery_key',
  'vault.lock': 'ok',
  'vault.windowUsed': 'ok',
  'vault.autoLock': 'ok',
};

test('without an open vault, only vault, endpoint state and about can be called', async (t) => {
  const { app, close } = await openTestApp();
  t.after(close);
  const other = await openApp({ folder: testFolder(t) });
  assert.deepEqual(await answersOf(other, unlockedOnly), allAnswer('vault_none'));
  assert.deepEqual(await other.call('vault.status', {}), { state: 'none', recoveryKey: 'none' });
  await other.close();

  await app.call('users.create', tester);
  assert.equal((await app.call('vault.lock', {})).state, 'locked');
  assert.deepEqual(await answersOf(app, unlockedOnly), allAnswer('vault_locked'));
  assert.deepEqual(await answersOf(app, whileLocked), anyTime);

  await app.call('vault.unlock', { passphrase });
  assert.equal((await app.call('users.list', {})).items.length, 2);
  // A different state than before, after all these changes.
  const answers = new Set(
    Object.values(await answersOf(app, ['users.create', 'applications.create', 'scopes.create'])),
  );
  assert.deepEqual(answers, new Set(['ok']));
});

/** The outcome of a connection attempt: `open` or its error code. */
const knock = (host: string, port: number): Promise<string> =>
  new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve('open');
    });
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? ''));
  });

/** The distinct outcomes of connecting to all listeners of an endpoint. */
async function knockAtAll({ addresses, port = 0, httpPort = 0 }: EndpointStatus): Promise<string[]> {
  const outcomes = addresses.flatMap((address) => [knock(address, port), knock(address, httpPort)]);
  return [...new Set(await Promise.all(outcomes))];
}

test('locking answers running requests and stops the endpoint; issued tokens stay valid', async (t) => {
  const { app, client, faults, status } = await openShop(t);
  const { port = 0, httpPort = 0 } = status;
  const device = (at: number) => ({ grant_type: 'password', ...tester, scope: `device_${at}` });
  const { accessToken } = await client.token(device(0));
  const running = Array.from({ length: 20 }, (_, at) => client.token(device(at)));
  // All are sent, and the first is read, before the lock.
  await Promise.race(running);
  const locking = app.call('vault.lock', {});
  const outcomes = await Promise.allSettled(running);
  assert.equal((await locking).state, 'locked');
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.match(String(outcome.reason.code), /^ECONN/);
  }
  assert.deepEqual(await knockAtAll(status), ['ECONNREFUSED']);
  assert.equal((await app.call('endpoint.status', {})).running, false);

  await app.call('vault.unlock', { passphrase });
  await app.call('endpoint.start', { port, httpPort });
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') assert.equal(await client.isActive(outcome.value.accessToken), true);
  }
  assert.equal((await client.token(device(0))).accessToken, accessToken);
  assert.deepEqual(faults, []);
});

test('keepServingWhenLocked keeps the endpoint running while calls need the passphrase', async (t) => {
  const { app, client } = await openShop(t);
  await app.call('settings.write', { keepServingWhenLocked: true });
  const { accessToken } = await client.token({ grant_type: 'client_credentials' });
  assert.equal((await app.call('vault.lock', {})).state, 'locked');
  assert.deepEqual(await answersOf(app, unlockedOnly), allAnswer('vault_locked'));
  assert.deepEqual(await answersOf(app, whileLocked), anyTime);

  assert.equal((await app.call('endpoint.status', {})).running, true);
  const issued = await client.token({ grant_type: 'password', ...tester, scope: 'device_meanwhile' });
  assert.equal(await client.isActive(issued.accessToken), true);
  assert.equal(await client.isActive(accessToken), true);

  assert.equal((await app.call('vault.unlock', { passphrase })).state, 'unlocked');
  const { token } = await app.call('tokens.explain', { token: issued.accessToken });
  assert.equal(token.device, 'meanwhile');
});

test('keyfob serve stops its endpoint while locked, and restarts it on the same ports', async (t) => {
  const folder = testFolder(t);
  const home = join(folder, 'home');
  const { reusing } = await fillFolder(home);
  const serving = startServing(t, folder);
  const ready = await serving.ready;
  const client = createOAuthClient(`http://127.0.0.1:${ready.httpPort}`, reusing);
  t.after(client.close);
  const control = connectControl(home);
  assert.ok(control);
  const { accessToken } = await client.token({ grant_type: 'password', ...tester });

  await control.call('vault.lock', {});
  assert.deepEqual(await knockAtAll(ready), ['ECONNREFUSED']);
  await assert.rejects(control.call('tokens.list', {}), { code: 'vault_locked' });
  await control.call('vault.unlock', { passphrase });
  await until('the endpoint', async () => (await control.call('endpoint.status', {})).running);
  assert.equal((await client.token({ grant_type: 'password', ...tester })).accessToken, accessToken);
  assert.deepEqual(await knockAtAll(ready), ['open']);
  serving.kill('SIGTERM');
  await serving.ended;
});

/** All sealed values in the database. */
function sealedValues(folder: string) {
  const db = new Database(join(folder, 'keyfob.db'), { readonly: true });
  const columns = {
    tokens: 'access_token, access_token_digest',
    refresh_tokens: 'refresh_token, refresh_token_digest',
    key_sets: 'consumer_secret, consumer_secret_digest',
    users: 'password, password_digest',
    certificates: 'private_key',
  };
  const values = Object.entries(columns).map(([table, names]) => db.prepare(`SELECT ${names} FROM ${table}`).all());
  db.close();
  return values;
}

/** All secrets in plain text. */
async function secretsOf({ call }: App) {
  const { items } = await call('tokens.list', {});
  return {
    tokens: await Promise.all(items.map(({ id }) => call('tokens.reveal', { token: String(id) }))),
    keys: await call('keys.reveal', { application: 'Shop', keyType: 'PRODUCTION' }),
    user: await call('users.reveal', { user: tester.username }),
  };
}

test('rows stay readable through all changes of mode and proof', async (t) => {
  const folder = join(testFolder(t), 'home');
  let app = await openApp({ folder });
  const { recoveryKey } = await app.call('vault.create', { mode: 'passphrase', passphrase });
  await app.call('users.create', tester);
  await app.call('applications.create', { name: 'Shop' });
  await app.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  await app.call('tokens.issue', { application: 'Shop', keyType: 'PRODUCTION', username: tester.username });
  const sealed = sealedValues(folder);
  const secrets = await secretsOf(app);

  /** Restarts; `open` then opens the vault. */
  const reopen = async (open: (call: App['call']) => Promise<unknown>) => {
    await app.close();
    app = await openApp({ folder });
    await assert.rejects(app.call('tokens.list', {}), { code: 'vault_locked' });
    await open(app.call);
    assert.deepEqual(sealedValues(folder), sealed);
    assert.deepEqual(await secretsOf(app), secrets);
  };
  const withPassphrase = (right: string, wrong: string) => async (call: App['call']) => {
    await assert.rejects(call('vault.unlock', { passphrase: wrong }), { code: 'wrong_passphrase' });
    await call('vault.unlock', { passphrase: right });
  };

  await reopen(withPassphrase(passphrase, 'not the passphrase'));
  const wrongOne = { passphrase: 'not the passphrase', newPassphrase: 'a second passphrase' };
  await assert.rejects(app.call('vault.changePassphrase', wrongOne), { code: 'wrong_passphrase' });
  await app.call('vault.changePassphrase', { passphrase, newPassphrase: 'a second passphrase' });
  await reopen(withPassphrase('a second passphrase', passphrase));
  await app.call('vault.changeMode', { mode: 'keychain', passphrase: 'a second passphrase' });
  await reopen((call) => call('vault.unlock', {}));
  await app.call('vault.changeMode', { mode: 'passphrase', newPassphrase: 'a third passphrase' });
  await reopen(withPassphrase('a third passphrase', 'a second passphrase'));
  await reopen(async (call) => {
    const forgotten = { mode: 'passphrase', passphrase: 'a fourth passphrase' } as const;
    const otherKey = `${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('0') ? '1' : '0'}`;
    await assert.rejects(call('vault.recover', { ...forgotten, recoveryKey: otherKey }), {
      code: 'wrong_recovery_key',
    });
    assert.equal((await call('vault.recover', { ...forgotten, recoveryKey })).recoveryKey, 'confirmed');
  });
  await reopen(withPassphrase('a fourth passphrase', 'a third passphrase'));
  const { recoveryKey: newKey } = await app.call('vault.newRecoveryKey', { passphrase: 'a fourth passphrase' });
  await reopen(async (call) => {
    await assert.rejects(call('vault.recover', { recoveryKey, mode: 'keychain' }), { code: 'wrong_recovery_key' });
    await call('vault.recover', { recoveryKey: newKey, mode: 'keychain' });
  });
  await app.close();
});
