import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import Database from 'better-sqlite3';
import { openApp } from '../../main/app/app.ts';
import { passphrase } from '../helpers/app.ts';
import { fillFolder, tester } from '../helpers/filled.ts';
import { testFolder } from '../helpers/serving.ts';
import { until } from '../helpers/until.ts';
import { openShop } from './shop.ts';
import { validInputs } from './validInputs.ts';

/** Counts the rows of the application and of its dependents. */
function rowsOfShop(folder: string): number[] {
  const db = new Database(join(folder, 'keyfob.db'), { readonly: true });
  const tables = ['applications', 'key_sets', 'tokens', 'refresh_tokens', 'token_history', 'scope_sets'];
  const rows = tables.map((table) => Number(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()));
  db.close();
  return rows;
}

const noRows = [0, 0, 0, 0, 0, 0];

test('refuses clients of a deleted application until the deletion is undone', async (t) => {
  const { app, client, folder, advanceSeconds } = await openShop(t);
  const asked = { grant_type: 'password', ...tester, scope: 'device_ipad' };
  const { accessToken, refreshToken = '' } = await client.token(asked);
  const rows = rowsOfShop(folder);
  const { id } = await app.call('applications.delete', { application: 'Shop' });
  assert.equal((await client.post('/token', asked)).status, 401);
  assert.equal((await client.post('/oauth2/introspect', { token: accessToken })).status, 401);
  await assert.rejects(app.call('tokens.issue', validInputs['tokens.issue']), { code: 'not_found' });

  // Real time goes on meanwhile, and the undo lapses after 8 s.
  advanceSeconds(6);
  await app.call('applications.restore', { application: String(id) });
  assert.equal(await client.isActive(accessToken), true);
  assert.deepEqual(await client.token(asked), { accessToken, refreshToken });
  assert.deepEqual(rowsOfShop(folder), rows);
});

test('purges an application eight seconds after its deletion', async (t) => {
  const { app, client, folder, advanceSeconds, faults } = await openShop(t);
  await client.token({ grant_type: 'password', ...tester, scope: 'device_ipad' });
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { id } = await app.call('applications.delete', { application: 'Shop' });
  advanceSeconds(8.1);
  t.mock.timers.tick(8100);
  // Runs after any job that the timer may have submitted.
  await app.call('scopes.create', { name: 'one' });
  assert.notDeepEqual(rowsOfShop(folder), noRows);
  t.mock.timers.tick(1000);
  await until('the purge', () => isDeepStrictEqual(rowsOfShop(folder), noRows));
  await assert.rejects(app.call('applications.restore', { application: String(id) }), { code: 'not_found' });
  assert.deepEqual(faults, []);
});

test('purges at start only applications whose undo has lapsed', async (t) => {
  const folder = join(testFolder(t), 'home');
  let nowMs = Date.now();
  const open = async () => {
    const app = await openApp({ folder, realTimeMs: () => nowMs });
    await app.vault.unlock(passphrase);
    return app;
  };
  await fillFolder(folder);
  const first = await open();
  const { id } = await first.call('applications.delete', { application: 'Shop' });
  await first.close();

  nowMs += 7000;
  const second = await open();
  await second.call('applications.restore', { application: String(id) });
  await second.call('applications.delete', { application: 'Shop' });
  await second.close();

  nowMs += 60_000;
  const third = await open();
  await until('the purge', () => isDeepStrictEqual(rowsOfShop(folder), noRows));
  await assert.rejects(third.call('applications.restore', { application: String(id) }), { code: 'not_found' });
  await third.close();
});
