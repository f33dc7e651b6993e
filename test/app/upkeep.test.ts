import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import Database from 'better-sqlite3';
import { type App, openApp } from '../../main/app/app.ts';
import { revealLastDeviceToken } from '../../main/desktop/trayState.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder } from '../helpers/filled.ts';
import { testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';

const shop = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const daySeconds = 86_400;

/** A folder with an application. It can be opened repeatedly, and its time can be moved. */
async function openAgain(t: TestContext) {
  const folder = join(testFolder(t), 'home');
  await fillFolder(folder);
  const faults: unknown[] = [];
  let movedMs = 0;
  const open = async (): Promise<App> => {
    const app = await openApp({
      folder,
      realTimeMs: () => Date.now() + movedMs,
      onError: (error) => faults.push(error),
    });
    await app.vault.unlock(passphrase);
    return app;
  };
  const look = <T>(sql: string): T => {
    const db = new Database(join(folder, 'keyfob.db'), { readonly: true });
    try {
      return db.prepare<[], T>(sql).pluck().get() as T;
    } finally {
      db.close();
    }
  };
  return {
    ...{ folder, open, look, faults },
    advanceSeconds: (seconds: number) => {
      movedMs += seconds * 1000;
    },
  };
}

const kept = `SELECT (SELECT count(*) FROM tokens WHERE length(access_token) > 0)
  + (SELECT count(*) FROM refresh_tokens WHERE length(refresh_token) > 0)`;
const vacuumPending = 'SELECT ifnull(max(vacuum_pending), 0) FROM deleted_values';

test('deletes all bytes of token values once only hashes are stored, also after a restart', async (t) => {
  const { folder, open, look, faults } = await openAgain(t);
  const first = await open();
  const device = Array.from({ length: 700 }, (_, at) => `device${at}`);
  const { items } = await first.call('devices.mint', { ...shop, username: 'tester', device });
  const db = new Database(join(folder, 'keyfob.db'), { readonly: true });
  const sealed = db.prepare<[], Buffer>('SELECT access_token FROM tokens ORDER BY id DESC LIMIT 700').pluck().all();
  db.close();
  assert.notEqual(await revealLastDeviceToken(first), undefined);
  await first.call('settings.write', { tokenPersistence: 'hashed' });
  // The tray must not offer a value that cannot be copied.
  assert.equal(await revealLastDeviceToken(first), undefined);
  await first.close();
  assert.ok(look<number>(kept) > 0);

  const second = await open();
  await until('the dropping', () => look<number>(kept) === 0 && look<number>(vacuumPending) === 0);
  const token = String(items[0]?.id);
  await assert.rejects(second.call('tokens.reveal', { token }), { code: 'token_value_not_kept' });
  assert.equal((await second.call('tokens.read', { token: items[0]?.accessToken ?? '' })).valid, true);
  const bytes = ['keyfob.db', 'keyfob.db-wal'].map((name) => readFileSync(join(folder, name)));
  assert.equal(sealed.filter((value) => bytes.some((file) => file.includes(value))).length, 0);
  await second.call('settings.write', { tokenPersistence: 'encrypted' });
  await second.close();
  assert.deepEqual(faults, []);
});

test('purges retired tokens at start and hourly, when they are older than the setting', async (t) => {
  const { open, look, advanceSeconds, faults } = await openAgain(t);
  const count = () => look<number>('SELECT count(*) FROM tokens');
  const first = await open();
  const { call } = first;
  const retire = async (scope: string) => {
    const { id } = await call('tokens.issue', { ...shop, username: 'tester', scope });
    await call('tokens.revoke', { token: String(id) });
  };
  const before = count();
  await retire('device_old');
  await call('settings.write', { retiredTokensKeptDays: 30 });
  await first.close();
  advanceSeconds(29 * daySeconds);
  const second = await open();
  await second.call('scopes.create', { name: 'one' });
  assert.equal(count(), before + 1);
  await second.close();

  advanceSeconds(2 * daySeconds);
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const third = await open();
  await until('the purge at the start', () => count() === before);
  const { id } = await third.call('tokens.issue', { ...shop, username: 'tester', scope: 'device_late' });
  await third.call('tokens.revoke', { token: String(id) });
  advanceSeconds(31 * daySeconds);
  t.mock.timers.tick(3_500_000);
  await third.call('scopes.create', { name: 'two' });
  assert.equal(count(), before + 1);
  t.mock.timers.tick(100_000);
  await until('the purge an hour later', () => count() === before);
  await third.close();
  assert.deepEqual(faults, []);
});
