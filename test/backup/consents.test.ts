import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openFlow } from '../engine/authorize/flow.ts';
import { ageTool } from '../helpers/age.ts';
import { createWorld } from '../helpers/engine.ts';

type Caller = Pick<Awaited<ReturnType<typeof createWorld>>, 'call'>;

const consentsOf = async ({ call }: Caller) =>
  (await call('consents.list', {})).items.map(({ user, scope, keyType, approvedAtMs }) =>
    [user, scope, keyType, approvedAtMs].join(),
  );
const uuidsOf = async ({ call }: Caller) =>
  Object.fromEntries((await call('users.list', {})).items.map(({ username, uuid }) => [username, uuid]));

for (const applications of [undefined, ['Shop']]) {
  test(`remembered consents and UUIDs of users come back with ${applications ?? 'everything'}`, async (t) => {
    const age = ageTool(t);
    const from = await openFlow(t);
    await from.approve({ scope: 'openid a' }, 'approveAlways');
    await from.approve({ scope: '' }, 'approveAlways', from.signIn('admin', 'admin-secret'));
    await from.approve({ ...from.ofPublic, scope: 'b' }, 'approveAlways');
    await from.call('users.create', { username: 'gone', password: 'gone' });
    await from.approve({ scope: 'a' }, 'approveAlways', from.signIn('gone', 'gone'));
    await from.call('users.delete', { user: 'gone' });
    const code = await from.code({ scope: 'b' });
    const { file, contents } = await from.call('backup.export', { applications, recipients: [age.recipient] });
    assert.equal(contents.consents, 3);
    assert.ok(!age.decrypt(file).includes(code), 'codes stay out');
    const opening = { file, backupIdentity: age.keyFile };

    const to = await createWorld();
    t.after(() => to.close());
    await to.transact(() => to.engine.seed());
    const statesNow = async () =>
      (await to.call('backup.preview', opening)).items
        .filter(({ state }) => state !== 'equal')
        .map(({ item, why }) => `${item} ${why}`);
    assert.equal((await to.call('backup.preview', opening)).contents.consents, 3);
    assert.equal((await to.call('backup.import', opening)).written.consents, 3);
    assert.deepEqual((await consentsOf(to)).sort(), (await consentsOf(from)).sort());
    assert.deepEqual(await uuidsOf(to), await uuidsOf(from));
    assert.deepEqual(await statesNow(), []);

    const [first] = (await to.call('consents.list', {})).items;
    await to.call('consents.withdraw', { consent: first?.id ?? 0 });
    const [difference, ...others] = await statesNow();
    assert.match(difference ?? '', /^application:Shop .*other remembered consents for (?:PRODUCTION|SANDBOX)/);
    assert.deepEqual(others, []);
    await to.call('backup.import', { ...opening, onConflict: 'theirs' });
    assert.deepEqual(await statesNow(), []);
    assert.equal((await consentsOf(to)).length, 3);
  });
}

test('an existing user keeps its UUID, and the owner of a new vault without a password takes that of the backup', async (t) => {
  const age = ageTool(t);
  const from = await createWorld();
  t.after(() => from.close());
  await from.transact(() => from.engine.seed());
  const { file } = await from.call('backup.export', { recipients: [age.recipient] });
  const opening = { file, backupIdentity: age.keyFile };
  for (const hasPassword of [false, true]) {
    const to = await createWorld();
    t.after(() => to.close());
    await to.transact(() => to.engine.seed());
    if (hasPassword) await to.call('users.setPassword', { user: 'admin', password: 'mine' });
    const before = await uuidsOf(to);
    await to.call('backup.import', { ...opening, onConflict: 'theirs' });
    assert.deepEqual(await uuidsOf(to), hasPassword ? before : await uuidsOf(from));
  }
});
