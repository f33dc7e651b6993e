import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backupVersion } from '../../preload/contract/backupFile.ts';
import { ageTool } from '../helpers/age.ts';
import { createWorld, openWorld } from '../helpers/engine.ts';

test('device sets come back with their application, and a difference is named', async (t) => {
  const age = ageTool(t);
  const from = await openWorld(t);
  const { application } = from.production;
  const scope = 'kept:scope';
  await from.call('users.create', { username: 'gone', password: 'gone' });
  await from.call('scopes.create', { name: scope });
  const lifetime = { validitySeconds: 600 };
  const set = { ...from.production, device: ['pixel-2', 'pixel-1'], scope };
  await from.call('deviceSets.save', { ...set, ...lifetime, username: 'bob', name: 'Phones' });
  await from.call('deviceSets.save', { ...set, name: 'Robots' });
  await from.call('deviceSets.save', { ...set, username: 'gone', name: 'Gone' });
  await from.call('users.delete', { user: 'gone' });
  const some = { applications: [application], tokens: 'none' as const, recipients: [age.recipient] };
  const { file, contents } = await from.call('backup.export', some);
  assert.equal(contents.deviceSets, 2);
  const opening = { file, backupIdentity: age.keyFile };

  const to = await createWorld();
  t.after(() => to.close());
  await to.transact(() => to.engine.seed());
  assert.equal((await to.call('backup.import', opening)).written.deviceSets, 2);
  const contentsOf = async ({ call }: Pick<typeof to, 'call'>) =>
    (await call('deviceSets.list', {})).items.map(({ id: _, applicationId: __, ...rest }) => rest);
  assert.deepEqual(await contentsOf(to), await contentsOf(from));
  assert.ok((await to.call('scopes.list', {})).items.some(({ name }) => name === scope));
  const differences = async (input = opening) =>
    (await to.call('backup.preview', input)).items.filter(({ state }) => state !== 'equal').map(({ why }) => why);
  assert.deepEqual(await differences(), []);

  await to.call('deviceSets.save', {
    ...set,
    ...lifetime,
    device: [...set.device].reverse(),
    username: 'bob',
    name: 'Phones',
  });
  assert.deepEqual(await differences(), ['in the backup: other device sets']);
  const text = age.decrypt(file);
  const withoutSets = text
    .split('\n')
    .filter((line) => !line.startsWith('{"deviceSet"'))
    .join('\n')
    .replace(`"version":${backupVersion}`, '"version":4');
  assert.deepEqual(
    await differences({ ...opening, file: age.encrypt(withoutSets) }),
    [],
    'version 4 says nothing about sets',
  );
  await to.call('backup.import', { ...opening, onConflict: 'theirs' });
  assert.deepEqual(await contentsOf(to), await contentsOf(from));
});
