import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestApp } from '../helpers/app.ts';

test('reports version and machine, also while the vault is locked', async (t) => {
  const { app, folder, close } = await openTestApp();
  t.after(close);
  await app.call('applications.create', { name: 'Shop' });
  await app.call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  const open = await app.call('about.read', {});
  assert.match(open.version, /^\d+\.\d+\.\d+/);
  assert.deepEqual(
    [open.what, open.processId, open.node, open.folder, open.tokens, open.vault],
    ['a test', process.pid, process.versions.node, folder, 1, await app.call('vault.status', {})],
  );
  assert.ok(open.databaseBytes > 0 && open.platform.startsWith(process.platform));
  await app.call('vault.lock', {});
  const locked = await app.call('about.read', {});
  assert.deepEqual([locked.tokens, locked.vault.state], [1, 'locked']);
});
