import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayName, failedName, parseUsername, qualifiedName } from '../../main/engine/usernames.ts';
import { createWorld, failing, openWorld, refused } from '../helpers/engine.ts';

test('parses and formats user names as WSO2 does', () => {
  const rows = [
    ['ann', 'ann', 'PRIMARY', 'carbon.super', 'ann', 'ann@carbon.super'],
    ['ann@Example.COM', 'ann', 'PRIMARY', 'example.com', 'ann@example.com', 'ann@example.com'],
    ['second/Ann', 'Ann', 'SECOND', 'carbon.super', 'SECOND/Ann', 'SECOND/Ann@carbon.super'],
    ['SECOND/ann@x.y', 'ann', 'SECOND', 'x.y', 'SECOND/ann@x.y', 'SECOND/ann@x.y'],
    ['PRIMARY/ann', 'ann', 'PRIMARY', 'carbon.super', 'ann', 'ann@carbon.super'],
    ['ann@a.b@carbon.super', 'ann@a.b', 'PRIMARY', 'carbon.super', 'ann@a.b@carbon.super', 'ann@a.b@carbon.super'],
  ] as const;
  for (const [text, name, userStore, tenantDomain, display, qualified] of rows) {
    const parsed = parseUsername(text);
    assert.deepEqual(parsed, { name, userStore, tenantDomain });
    assert.equal(displayName(parsed), display);
    assert.equal(qualifiedName(parsed), qualified);
    assert.deepEqual(parseUsername(display), parsed, 'reads back as the same user');
  }
  assert.equal(failedName('ann@carbon.super'), 'ann');
  assert.equal(failedName('ann@example.com'), 'ann@example.com');
});

test('creates the owner admin in a new vault once, without a password', async (t) => {
  const world = await createWorld();
  t.after(() => world.close());
  for (let time = 0; time < 2; time += 1) await world.transact(() => world.engine.seed());
  const { items } = await world.call('users.list', {});
  assert.deepEqual(
    items.map(({ username, roles, hasPassword, enabled }) => [username, roles, hasPassword, enabled]),
    [['admin', ['admin'], false, true]],
  );
  await assert.rejects(world.call('users.reveal', { user: 'admin' }), failing('not_found', 'user', /no password/));
  await world.call('users.create', { username: 'ann', password: 'secret' });
  await world.call('users.delete', { user: 'admin' });
  await world.transact(() => world.engine.seed());
  assert.equal((await world.call('users.list', {})).items.length, 1, 'a deleted admin does not come back');
});

test('creates users, finds them by name or id, shows and changes them', async (t) => {
  const world = await openWorld(t);
  const ann = await world.call('users.create', { username: 'second/Ann', password: 'pass', roles: ['x', 'y', 'x'] });
  assert.deepEqual([ann.username, ann.roles, ann.hasPassword], ['SECOND/Ann', ['x', 'y'], true]);
  assert.deepEqual(await world.call('users.reveal', { user: String(ann.id) }), {
    username: 'SECOND/Ann',
    password: 'pass',
  });
  assert.deepEqual((await world.call('users.setRoles', { user: 'SECOND/ann', roles: [] })).roles, []);
  await assert.rejects(
    world.call('users.create', { username: 'SECOND/aNN@carbon.super', password: 'p' }),
    failing('conflict', 'username'),
  );
  for (const username of ['@x', 'ann@', 'S/@x']) {
    await assert.rejects(world.call('users.create', { username, password: 'p' }), failing('bad_input', 'username'));
  }
  await assert.rejects(world.call('users.reveal', { user: 'ann' }), failing('not_found', 'user'));
});

test('refuses to delete an owner, and names the applications', async (t) => {
  const world = await openWorld(t);
  await world.call('applications.create', { name: 'Desk', owner: 'bob' });
  await assert.rejects(world.call('users.delete', { user: 'bob' }), failing('conflict', 'user', /"Desk"/));
  // A deleted application needs its owner until the undo time is over.
  await world.call('applications.delete', { application: 'Desk' });
  await assert.rejects(world.call('users.delete', { user: 'bob' }), failing('conflict', 'user', /"Desk"/));
  world.moveTo(9);
  await world.call('users.delete', { user: 'bob' });
});

test("a deleted user's name is free again, and the new user inherits nothing", async (t) => {
  const world = await openWorld(t);
  const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
  const token = await world.token(bob);
  await world.call('users.delete', { user: 'bob' });
  await world.call('users.create', { username: 'bob', password: 'bob-secret' });
  const next = await world.token(bob);
  assert.equal(next.reason.rule, 'issued_first');
  assert.notEqual(next.accessToken, token.accessToken);
});

test('disabling a user revokes tokens, and refuses password and refresh until enabled again', async (t) => {
  const world = await openWorld(t);
  const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
  const old = await world.token(bob);
  world.moveTo(84_000);
  const token = await world.token(bob);
  assert.equal((await world.call('users.disable', { user: 'bob' })).tokensRevoked, 1);
  assert.equal(world.rulesOf(token).at(-1), 'retired_user_disabled');
  assert.equal(world.stateOf(old), 'EXPIRED/uuid', 'older EXPIRED rows stay');
  const state = 'Invalid refresh token state';
  await assert.rejects(
    world.token({ grant_type: 'refresh_token', refresh_token: old.refreshToken ?? '' }),
    refused(400, 'invalid_grant', state, 'user_disabled'),
  );
  await assert.rejects(
    world.call('tokens.issue', { ...world.production, username: 'bob' }),
    failing('refused', undefined, /The user is disabled/),
  );
  await world.call('users.enable', { user: 'bob' });
  assert.equal((await world.token(bob)).reason.rule, 'issued_first');
  await world.call('users.delete', { user: 'bob' });
  await assert.rejects(
    world.token({ grant_type: 'refresh_token', refresh_token: old.refreshToken ?? '' }),
    refused(400, 'invalid_grant', state, 'user_deleted'),
  );
});

test('revokes the newest row of each scope set even when it is EXPIRED', async (t) => {
  const world = await openWorld(t);
  const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
  const one = await world.token(bob);
  world.moveTo(3700);
  const two = await world.token(bob);
  await world.revoke({ token: two.accessToken });
  assert.equal((await world.call('users.setPassword', { user: 'bob', password: 'bob-secret' })).tokensRevoked, 1);
  assert.equal(world.stateOf(one), 'REVOKED/uuid');
});

test('an application token needs no enabled owner', async (t) => {
  const world = await openWorld(t);
  const token = await world.token({ grant_type: 'client_credentials' });
  await world.call('users.disable', { user: 'admin' });
  assert.equal(world.stateOf(token), 'REVOKED/uuid');
  assert.equal((await world.token({ grant_type: 'client_credentials' })).reason.rule, 'issued_first');
});

test('changes claims, keeps the others, and forgets them with the user', async (t) => {
  const world = await openWorld(t);
  const none = { givenName: '', familyName: '', email: '', phone: '', groups: [], otherClaims: {} };
  assert.deepEqual((await world.call('users.list', {})).items.find(({ username }) => username === 'bob')?.claims, none);
  const otherClaims = { level: 3, staff: true, address: { locality: 'Bonn' }, 'http://shop.test/teams': ['a', 'b'] };
  const bob = { user: 'bob' };
  await world.call('users.setClaims', { ...bob, givenName: ' Bob ', groups: ['x', 'x'], otherClaims });
  const { claims, id } = await world.call('users.setClaims', { ...bob, email: 'bob@shop.test', givenName: undefined });
  assert.deepEqual(claims, { ...none, givenName: 'Bob', email: 'bob@shop.test', groups: ['x'], otherClaims });
  assert.deepEqual(world.sent.at(-1), { name: 'users.changed', data: { userId: id } });
  const typed = await world.call('users.setClaims', { ...bob, otherClaims: '{"level": 4}', email: '' });
  assert.deepEqual([typed.claims.otherClaims, typed.claims.email], [{ level: 4 }, '']);
  assert.deepEqual((await world.call('users.setClaims', { ...bob, otherClaims: ' ' })).claims.otherClaims, {});
  await world.call('users.delete', bob);
  assert.deepEqual(world.store.users.byId(id)?.claims, none);
});

test('refuses claims of the issuer, claims with their own field, and other forms than JSON', async (t) => {
  const world = await openWorld(t);
  const deep = (levels: number): unknown => (levels === 0 ? 1 : [deep(levels - 1)]);
  for (const [otherClaims, message] of [
    [{ sub: 'x' }, /Keyfob writes the claim sub itself/],
    [{ iss: 'x' }, /iss/],
    [{ exp: 1 }, /exp/],
    [{ email: 'x' }, /has its own field: email/],
    [{ phone_number: '1' }, /has its own field: phone/],
    [{ level: null }, /level is null. Leave it out/],
    [{ email_verified: 'yes' }, /must be true or false/],
    [{ updated_at: 'now' }, /must be a number/],
    [{ address: [] }, /must be a JSON object/],
    [{ 'a b': 1 }, /The name "a b" must start with a letter/],
    [{ deep: deep(9) }, /at most 8 levels deep/],
    [{ long: 'x'.repeat(4000) }, /at most 4000 characters together/],
    [Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`c${at}`, at])), /at most 50 other claims/],
    ['{"a": ', /Write other claims as a JSON object/],
    ['[1]', /Write other claims as a JSON object/],
    ['[', /Write other claims as a JSON object/],
  ] as const) {
    await assert.rejects(
      world.call('users.setClaims', { user: 'bob', otherClaims }),
      failing('bad_input', 'otherClaims', message),
    );
  }
  await world.call('users.setClaims', { user: 'bob', otherClaims: { deep: deep(7) } });
  for (const [claims, field] of [
    [{ email: 'nobody' }, 'email'],
    [{ phone: 'call me!' }, 'phone'],
    [{ givenName: 'a\nb' }, 'givenName'],
    [{ groups: ['x', ''].slice(1) }, 'groups.0'],
  ] as const) {
    await assert.rejects(world.call('users.setClaims', { user: 'bob', ...claims }), failing('bad_input', field));
  }
});
