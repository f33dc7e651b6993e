import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld, refused } from '../../helpers/engine.ts';

const admin = { grant_type: 'password', username: 'admin', password: 'admin-secret' };
const hashed = { tokenPersistence: 'hashed' } as const;

test('49 with hashes only, each repeated request gets a new token, and the previous row becomes INACTIVE', async (t) => {
  const world = await openWorld(t, hashed);
  const a1 = await world.token(admin);
  assert.equal(a1.reason.rule, 'issued_first');
  world.moveTo(10);
  const a2 = await world.token(admin);
  assert.notEqual(a2.accessToken, a1.accessToken);
  assert.notEqual(a2.refreshToken, a1.refreshToken);
  assert.equal(a2.expiresInSeconds, 3600);
  assert.equal(a2.reason.rule, 'issued_value_not_kept');
  assert.deepEqual([a2.reason.candidate?.tokenId, a2.reason.candidate?.secondsLeft], [a1.tokenId, 3590]);
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
  assert.equal(world.stateOf(a2), 'ACTIVE/NONE');
  assert.equal(world.rulesOf(a1).at(-1), 'retired_value_not_kept');
  assert.equal(world.introspect(a1.accessToken).active, false);
  assert.equal(world.introspect(a2.accessToken).active, true);
  assert.throws(
    () =>
      world.engine.oauth.token({
        parameters: new Map([
          ['grant_type', 'refresh_token'],
          ['refresh_token', a1.refreshToken ?? ''],
        ]),
        credentials: { basic: world.client },
      }),
    refused(400, 'invalid_grant', 'Invalid refresh token state'),
  );
});

test('49 with hashes only, the same holds for application tokens and for an expired token', async (t) => {
  const world = await openWorld(t, hashed);
  const form = { grant_type: 'client_credentials' };
  const c1 = await world.token(form);
  world.moveTo(4000);
  const c2 = await world.token(form);
  assert.equal(c2.reason.rule, 'issued_value_not_kept');
  assert.equal(world.stateOf(c1), 'INACTIVE/uuid');
  assert.equal(world.stateOf(c2), 'ACTIVE/NONE');
});

test('with hashes only, renew still revokes the previous token, and multiple still keeps all', async (t) => {
  const world = await openWorld(t, hashed);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'renew' });
  const a1 = await world.token(admin);
  const a2 = await world.token(admin);
  assert.equal(a2.reason.rule, 'issued_renew');
  assert.equal(world.stateOf(a1), 'REVOKED/uuid');
  world.moveTo(3700);
  const a3 = await world.token(admin);
  assert.equal(a3.reason.rule, 'issued_after_expiry');
  assert.equal(world.stateOf(a2), 'EXPIRED/uuid');
  // The refresh token has a day left, but its value is unknown.
  assert.notEqual(a3.refreshToken, undefined);
  assert.notEqual(a3.refreshToken, a2.refreshToken);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  const [b1, b2] = [await world.token(admin), await world.token(admin)];
  assert.deepEqual(
    [b1, b2].map(({ reason }) => reason.rule),
    ['issued_multiple', 'issued_multiple'],
  );
  assert.deepEqual([a3, b1, b2].map(world.stateOf), ['ACTIVE/NONE', 'ACTIVE/NONE', 'ACTIVE/NONE']);
});

test('26 with hashes only, a refresh returns the presented refresh token', async (t) => {
  const world = await openWorld(t, { ...hashed, renewRefreshToken: false });
  const a1 = await world.token(admin);
  const a2 = await world.token({ grant_type: 'refresh_token', refresh_token: a1.refreshToken ?? '' });
  assert.equal(a2.refreshToken, a1.refreshToken);
  assert.equal(a2.deactivatedAccessToken, undefined);
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
  // A refresh by id, without the value, returns only the new access token.
  const a3 = await world.call('tokens.refresh', { token: String(a2.tokenId) });
  assert.equal(a3.refreshToken, undefined);
  assert.equal(a3.reason.refreshTokenKept, true);
  const a4 = await world.call('tokens.refresh', { token: a1.refreshToken ?? '' });
  assert.equal(a4.refreshToken, a1.refreshToken);
});

test('with hashes only, a revocation names only the presented value', async (t) => {
  const world = await openWorld(t, hashed);
  const [a1, a2] = [await world.token(admin), await world.token({ ...admin, scope: 'a' })];
  const byAccess = await world.revoke({ token: a1.accessToken });
  assert.deepEqual([byAccess.revoked?.accessToken, byAccess.revoked?.refreshToken], [a1.accessToken, undefined]);
  const byRefresh = await world.revoke({ token: a2.refreshToken ?? '' });
  assert.deepEqual([byRefresh.revoked?.accessToken, byRefresh.revoked?.refreshToken], [undefined, a2.refreshToken]);
});

test('with hashes only, the issue shows the values, and nothing shows them later', async (t) => {
  const world = await openWorld(t, hashed);
  const { items } = await world.call('devices.mint', { ...world.production, username: 'bob', device: ['ipad'] });
  const [ipad] = items;
  assert.ok(ipad);
  assert.equal(ipad.persistence, 'hashed');
  assert.match(ipad.accessToken, /^[\w-]{28}$/);
  const token = String(ipad.id);
  assert.equal((await world.call('tokens.read', { token: ipad.accessToken })).persistence, 'hashed');
  await assert.rejects(
    world.call('tokens.reveal', { token }),
    failing('token_value_not_kept', undefined, /^Only a hash of token \d+ is stored/),
  );
  assert.deepEqual(await world.call('tokens.revealMany', { ids: [ipad.id] }), { items: [], notKept: [ipad.id] });
  const [row] = (await world.call('tokens.readMany', { ids: [ipad.id], last4: true })).items;
  assert.equal(row?.last4, undefined);
  const explained = await world.call('tokens.explain', { token });
  assert.equal(explained.refreshTokenPersistence, 'hashed');
});

test('a snippet has a placeholder for a hashed value, and a note on it', async (t) => {
  const world = await openWorld(t, hashed);
  const [ipad] = (await world.call('devices.mint', { ...world.production, username: 'bob', device: ['ipad'] })).items;
  const render = (call: 'api' | 'refresh', secrets: 'real' | 'env') =>
    world.call('snippets.render', {
      ...world.production,
      ...{ username: 'bob', device: 'ipad', call, secrets, url: 'http://localhost:3000/' },
    });
  const api = await render('api', 'real');
  assert.match(api.text, /Bearer YOUR_ACCESS_TOKEN/);
  assert.deepEqual(api.notes, [
    'Replace YOUR_ACCESS_TOKEN with the access token. Only its hash is stored, so it was shown once.',
  ]);
  assert.deepEqual([api.tokenId, api.containsSecrets, api.secrets[0]?.notKept], [ipad?.id, false, true]);
  const refresh = await render('refresh', 'real');
  assert.match(refresh.text, /refresh_token=YOUR_REFRESH_TOKEN/);
  assert.equal(refresh.containsSecrets, true);
  assert.match(
    (await render('api', 'env')).notes[0] ?? '',
    /^Set the access token first: .*Only its hash is stored, so it was shown once\.$/s,
  );
});

test('turning hashing on hides the values at once and keeps tokens valid; turning it off restores no value', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  const token = String(a1.tokenId);
  assert.equal((await world.call('tokens.reveal', { token })).accessToken, a1.accessToken);
  await world.call('settings.write', hashed);
  await assert.rejects(world.call('tokens.reveal', { token }), failing('token_value_not_kept'));
  assert.equal((await world.call('tokens.read', { token })).persistence, 'hashed');
  while (!(await world.transact(() => world.engine.dropTokenValues())));
  assert.equal(world.introspect(a1.accessToken).active, true);

  await world.call('settings.write', { tokenPersistence: 'encrypted' });
  assert.equal((await world.call('tokens.read', { token })).persistence, 'hashed');
  await assert.rejects(world.call('tokens.reveal', { token }), failing('token_value_not_kept'));
  // Its value is gone, so the same request gets a new token, which is stored encrypted.
  const a2 = await world.token(admin);
  assert.equal(a2.reason.rule, 'issued_value_not_kept');
  assert.equal(world.stateOf(a1), 'INACTIVE/uuid');
  const again = await world.token(admin);
  assert.equal(again.accessToken, a2.accessToken);
  assert.equal(again.refreshToken, a2.refreshToken);
});

test('no value is deleted while the setting is encrypted, including those left from an earlier hashed period', async (t) => {
  const world = await openWorld(t);
  const a1 = await world.token(admin);
  assert.equal(await world.transact(() => world.engine.dropTokenValues()), true);
  await world.call('settings.write', hashed);
  await world.call('settings.write', { tokenPersistence: 'encrypted' });
  assert.equal((await world.call('tokens.reveal', { token: String(a1.tokenId) })).accessToken, a1.accessToken);
  assert.equal((await world.token(admin)).accessToken, a1.accessToken);
});

test('15 a refresh token stored as a hash is not carried over', async (t) => {
  const world = await openWorld(t, hashed);
  const a1 = await world.token(admin);
  await world.call('settings.write', { tokenPersistence: 'encrypted' });
  world.moveTo(3700);
  const a8 = await world.token(admin);
  assert.equal(a8.reason.rule, 'issued_after_expiry');
  assert.equal(a8.reason.refreshTokenKept, undefined);
  assert.notEqual(a8.refreshToken, a1.refreshToken);
  // The previous one still works for its holder.
  const next = await world.token({ grant_type: 'refresh_token', refresh_token: a1.refreshToken ?? '' });
  assert.equal(next.reason.rule, 'refreshed');
});
