import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings } from '../../main/store/settings.ts';
import { settingsValues } from '../../preload/contract/settings/settings.ts';
import { openTestStore } from './stores.ts';

test("the repeated defaults equal the contract's", () => {
  assert.deepEqual(defaultSettings, settingsValues.parse({}));
});

test('stores changed settings; others follow the defaults', async (t) => {
  const { store, commit, close, db, file, sealer } = await openTestStore(t);
  assert.deepEqual(store.settings.read(), defaultSettings);
  const changed = { ...defaultSettings, clockOffsetSeconds: 3601, extraNames: ['phone.test'], httpPort: 8280 };
  await commit.submit(() => {
    store.settings.write(changed);
    assert.deepEqual(store.settings.read(), changed);
  });
  assert.deepEqual(store.settings.read(), changed);
  assert.equal(db.prepare('SELECT count(*) FROM settings').pluck().get(), 3);
  db.exec(`INSERT INTO settings (name, value) VALUES ('ofAnotherVersion', '{"a": 1}')`);
  await close();

  const again = await openTestStore(t, { file, sealer });
  assert.deepEqual(again.store.settings.read(), changed);
  await again.commit.submit(() => again.store.settings.write(defaultSettings));
  assert.deepEqual(again.store.settings.read(), defaultSettings);
});
