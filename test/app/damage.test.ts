import assert from 'node:assert/strict';
import { closeSync, cpSync, openSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { openApp } from '../../main/app/app.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder, type Keys, tester } from '../helpers/filled.ts';
import { createOAuthClient } from '../helpers/oauthClient.ts';
import { testFolder } from '../helpers/serving.ts';

const pageSize = 4096;
/** Sealing a backup for a key is fast; for a passphrase it is slow. */
const recipient = 'age1z965p7uyhwpqjzpj4tc9l37qn3luj65wjypfc2jfl3wh9pae79xq0jpan9';

/** Fills a folder that is cheap to copy, as everything is in the database file. */
async function filled(t: TestContext) {
  const home = join(testFolder(t), 'home');
  const keys = await fillFolder(home);
  const app = await openApp({ folder: home });
  await app.vault.unlock(passphrase);
  const { call } = app;
  await call('scopes.create', { name: 'read', roles: ['reader'] });
  const device = Array.from({ length: 40 }, (_, at) => `d${at}`);
  const { items } = await call('devices.mint', {
    application: 'Shop',
    keyType: 'PRODUCTION',
    username: 'tester',
    device,
  });
  await call('tokens.revoke', { token: String(items[0]?.id) });
  await app.close();
  return { home, keys, token: items[1]?.accessToken ?? '' };
}

const known = (error: unknown): string => {
  assert.ok(error instanceof KeyfobError, String((error as Error).stack));
  assert.notEqual(error.code, 'internal');
  return error.code;
};

/** Calls and requests on a damaged folder; none may fail unexpectedly. Gives the codes and statuses. */
async function exercise(folder: string, { reusing }: Keys, token: string): Promise<Set<string | number>> {
  const met = new Set<string | number>();
  const faults: unknown[] = [];
  let app: Awaited<ReturnType<typeof openApp>>;
  try {
    app = await openApp({ folder, onError: (error) => faults.push(error) });
  } catch (error) {
    return met.add(known(error));
  }
  try {
    await app.vault.unlock(passphrase);
    const { httpPort } = await app.endpoint.start({ port: 0, httpPort: 0 });
    const client = createOAuthClient(`http://127.0.0.1:${httpPort}`, reusing);
    const forms = [
      ['/token', { grant_type: 'password', ...tester, scope: 'device_new read' }],
      ['/token', { grant_type: 'password', ...tester, scope: 'device_d7' }],
      ['/token', { grant_type: 'client_credentials' }],
      ['/oauth2/introspect', { token }],
      ['/revoke', { token }],
    ] as const;
    for (const [path, form] of forms) {
      const { status, body } = await client.post(path, { ...form });
      assert.ok([200, 400, 401, 503].includes(status), `${path}: ${status} ${body}`);
      met.add(status);
    }
    client.close();
    const calls = [
      app.call('applications.list', {}),
      app.call('users.list', {}),
      app.call('scopes.list', {}),
      app.call('tokens.list', {}),
      app.call('tokens.explain', { token: '4' }),
      app.call('tokens.read', { token }),
      app.call('keys.reveal', { application: 'Shop', keyType: 'PRODUCTION' }),
      app.call('users.reveal', { user: 'tester' }),
      app.call('tokens.reveal', { token: '5' }),
      app.call('settings.read', {}),
      app.call('settings.write', { skewSeconds: 3 }),
      app.call('backup.export', { recipients: [recipient] }),
    ];
    for (const result of await Promise.allSettled<unknown>(calls)) {
      if (result.status === 'rejected') met.add(known(result.reason));
    }
    const { items } = await app.call('doctor.run', {});
    assert.ok(items.some(({ check }) => check === 'Database'));
  } catch (error) {
    met.add(known(error));
  } finally {
    await app.close();
  }
  for (const fault of faults) known(fault);
  return met;
}

/** A new copy of a folder for each kind of damage. */
const copiesOf = (t: TestContext, home: string) => {
  const folder = testFolder(t);
  let copies = 0;
  return (): string => {
    copies += 1;
    const copy = join(folder, `copy${copies}`);
    cpSync(home, copy, { recursive: true });
    return copy;
  };
};

test('answers 503 or database_damaged for a zeroed page, and never ends the process', async (t) => {
  const { home, keys, token } = await filled(t);
  const copy = copiesOf(t, home);
  const pages = statSync(join(home, 'keyfob.db')).size / pageSize;
  const met = new Set<string | number>();
  for (let page = 1; page <= pages; page += 1) {
    const damaged = copy();
    const fd = openSync(join(damaged, 'keyfob.db'), 'r+');
    writeSync(fd, Buffer.alloc(pageSize), 0, pageSize, (page - 1) * pageSize);
    closeSync(fd);
    for (const what of await exercise(damaged, keys, token)) met.add(what);
  }
  // Otherwise the loop proves nothing.
  assert.deepEqual(
    [200, 503, 'database_damaged'].filter((what) => met.has(what)),
    [200, 503, 'database_damaged'],
  );
});

test('refuses a truncated file with a message that says what to do', async (t) => {
  const { home } = await filled(t);
  const file = join(home, 'keyfob.db');
  truncateSync(file, statSync(file).size / 2);
  await assert.rejects(openApp({ folder: home }), {
    code: 'database_damaged',
    message: /Restore a copy.*start-empty/,
  });
});

const damages = {
  'users.roles': 'UPDATE users SET roles = \'["a"\'',
  'users.roles, another type': "UPDATE users SET roles = '7'",
  'key_sets.grant_types': "UPDATE key_sets SET grant_types = ''",
  'key_sets.allowed_origins': "UPDATE key_sets SET allowed_origins = 'null'",
  'scopes.roles': "UPDATE scopes SET roles = '{'",
  'settings.value': "INSERT INTO settings VALUES ('port', 'x')",
  'certificates.names': "UPDATE certificates SET names = ''",
  'tokens.reason': 'UPDATE tokens SET reason = \'{"rule"\'',
  'token_history.reason': "UPDATE token_history SET reason = ''",
  'users.password': "UPDATE users SET password = x'0101' WHERE password IS NOT NULL",
  'key_sets.consumer_secret': 'UPDATE key_sets SET consumer_secret = zeroblob(60)',
  'tokens.access_token': 'UPDATE tokens SET access_token = (SELECT access_token FROM tokens WHERE id = 4)',
  'certificates.private_key': 'UPDATE certificates SET private_key = zeroblob(60)',
} as const;

test('reports a changed value as damage, in each parsed or sealed column', async (t) => {
  const { home, keys, token } = await filled(t);
  const copy = copiesOf(t, home);
  for (const [column, sql] of Object.entries(damages)) {
    const damaged = copy();
    const db = new Database(join(damaged, 'keyfob.db'));
    db.pragma('ignore_check_constraints = ON');
    db.exec(sql);
    db.close();
    const met = await exercise(damaged, keys, token);
    assert.ok(met.has('database_damaged') || met.has('sealed_value_damaged'), `${column}: ${[...met].join()}`);
  }
});
