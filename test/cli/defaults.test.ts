import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fillSelection, type Selection } from '../../main/cli/session/defaults.ts';
import { openTestApp, type TestApp } from '../helpers/app.ts';
import { failing } from '../helpers/engine.ts';

let opened: TestApp;
before(async () => {
  opened = await openTestApp();
});
after(() => opened.close());

const all = ['keyType', 'user'] as const;
const fill = async (typed: Selection, env: Readonly<Record<string, string>> = {}) => {
  const { application, keyType, user } = await fillSelection(typed, all, opened.app.call, env);
  return [application, keyType, user];
};

test('the flag comes first, then the variable, the stored default, and the only one', async () => {
  const { call } = opened.app;
  await assert.rejects(fill({}), failing('not_found', undefined, /^There are no applications yet/));
  await call('applications.create', { name: 'Shop' });
  await assert.rejects(fill({}), failing('not_found', undefined, /"Shop" has no keys yet/));
  await call('keys.generate', { application: 'Shop', keyType: 'SANDBOX' });
  assert.deepEqual(await fill({}), ['Shop', 'SANDBOX', undefined]);
  await call('keys.generate', { application: 'Shop', keyType: 'PRODUCTION' });
  await assert.rejects(fill({}), failing('bad_input', undefined, /`keyfob use Shop --key-type PRODUCTION`/));
  await call('applications.create', { name: 'Other' });
  await call('keys.generate', { application: 'Other', keyType: 'PRODUCTION' });
  await assert.rejects(fill({}), failing('bad_input', undefined, /there are 2 applications/));
  assert.deepEqual(await fill({ application: 'Other' }), ['Other', 'PRODUCTION', undefined]);

  await call('preferences.write', { useApplication: 'Shop', useKeyType: 'SANDBOX', useUser: 'kim' });
  assert.deepEqual(await fill({}), ['Shop', 'SANDBOX', 'kim']);
  assert.deepEqual(await fill({ application: 'Shop', user: '' }), ['Shop', 'SANDBOX', undefined]);
  assert.deepEqual(await fill({ application: 'Other' }), ['Other', 'PRODUCTION', undefined]);
  const env = { KEYFOB_APPLICATION: 'Other', KEYFOB_KEY_TYPE: 'production', KEYFOB_USER: 'ann' };
  assert.deepEqual(await fill({}, env), ['Other', 'PRODUCTION', 'ann']);
  assert.deepEqual(await fill({ application: 'Shop', keyType: 'SANDBOX', user: 'kim' }, env), [
    'Shop',
    'SANDBOX',
    'kim',
  ]);
  await assert.rejects(
    fill({}, { KEYFOB_KEY_TYPE: 'TEST' }),
    failing('bad_input', undefined, /not valid for KEYFOB_KEY_TYPE/),
  );
  await call('applications.update', { application: 'Shop', name: 'Store' });
  await assert.rejects(
    fill({}),
    failing('not_found', undefined, /^The default application "Shop" does not exist\..*`keyfob use --clear`/),
  );
  await call('applications.update', { application: 'Store', name: 'Shop' });
  // An empty variable counts as unset.
  assert.deepEqual(await fill({}, { KEYFOB_APPLICATION: '', KEYFOB_USER: '' }), ['Shop', 'SANDBOX', 'kim']);
});
