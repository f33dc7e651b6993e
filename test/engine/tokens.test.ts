import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld, startMs } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('tokens.issue needs no password and returns the token that the endpoint would', async (t) => {
  const world = await openWorld(t);
  const issued = await world.call('tokens.issue', { ...world.production, username: 'bob', scope: 'b a' });
  const wire = await world.token({ ...bob, scope: 'a b' });
  assert.equal(wire.accessToken, issued.accessToken);
  assert.equal(wire.refreshToken, issued.refreshToken);
  assert.equal(issued.reused, false);
  const again = await world.call('tokens.issue', { ...world.production, username: 'BOB', scope: 'a b' });
  assert.deepEqual([again.id, again.reused, again.reason.rule], [issued.id, true, 'reused']);
  assert.equal(
    again.why,
    `Reused: token ${issued.id} for user bob with the scopes "a b" is still live, with 1 h left.`,
  );

  const application = await world.call('tokens.issue', { ...world.production, validitySeconds: -1 });
  assert.equal(application.expiresInSeconds, null);
  assert.equal(application.refreshToken, undefined);
});

test('tokens.issue refuses like the endpoint, with its texts', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.sandbox, grantTypes: ['refresh_token'] });
  for (const username of [undefined, 'bob']) {
    await assert.rejects(world.call('tokens.issue', { ...world.sandbox, username }), (error: unknown) => {
      failing('refused')(error);
      assert.deepEqual((error as { details: { oauth: unknown } }).details.oauth, {
        error: 'unauthorized_client',
        errorDescription: 'The authenticated client is not authorized to use this authorization grant type',
        status: 400,
      });
      return true;
    });
  }
  const issue = (input: object) => world.call('tokens.issue', { ...world.production, ...input });
  await assert.rejects(issue({ scope: 'x'.repeat(61) }), failing('refused', undefined, /at most 60/));
  await assert.rejects(issue({ username: 'nobody' }), failing('not_found', 'username'));
  await assert.rejects(issue({ username: 'bob', validitySeconds: 60 }), failing('bad_input', 'validitySeconds'));
  await assert.rejects(issue({ application: 'None' }), failing('not_found', 'application'));
});

test('finds a token by access token, refresh token or id', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  for (const ref of [token.accessToken, token.refreshToken ?? '', String(token.tokenId)]) {
    assert.equal((await world.call('tokens.read', { token: ref })).id, token.tokenId);
  }
  assert.deepEqual(await world.call('tokens.reveal', { token: String(token.tokenId) }), {
    id: token.tokenId,
    accessToken: token.accessToken,
    refreshToken: token.refreshToken,
  });
  for (const ref of ['99', 'nothing', `${token.accessToken}x`]) {
    await assert.rejects(world.call('tokens.read', { token: ref }), failing('not_found', 'token'));
  }
});

test("shows a token's device, expiry, reuses and validity", async (t) => {
  const world = await openWorld(t);
  const token = await world.token({ ...bob, scope: 'device_ipad a' });
  world.moveTo(2);
  await world.token({ ...bob, scope: 'device_ipad a' });
  const shown = await world.call('tokens.read', { token: token.accessToken });
  assert.deepEqual(shown, {
    id: token.tokenId,
    application: 'Shop',
    keyType: 'PRODUCTION',
    user: 'bob',
    userType: 'APPLICATION_USER',
    grantType: 'password',
    scope: 'a device_ipad',
    device: 'ipad',
    state: 'ACTIVE',
    stateId: 'NONE',
    bindingRef: 'NONE',
    issuedAtMs: startMs,
    expiresAtMs: startMs + 3_600_000,
    valid: true,
    format: 'opaque',
    persistence: 'encrypted',
    reuseCount: 1,
    lastReusedAtMs: startMs + 2000,
  });
  world.moveTo(3600);
  const later = await world.call('tokens.read', { token: token.accessToken });
  assert.deepEqual([later.state, later.valid], ['ACTIVE', false]);
});

test('lists tokens newest first, by page and by every filter', async (t) => {
  const world = await openWorld(t);
  const ids: number[] = [];
  for (const scope of ['a', 'b', 'device_x a']) ids.unshift((await world.token({ ...bob, scope })).tokenId);
  const sandboxed = await world.token(bob, world.sandboxClient);
  await world.revoke({ token: String((await world.token({ ...bob, scope: 'b' })).accessToken) });
  const list = async (filter: object) => (await world.call('tokens.list', filter)).items.map((token) => token.id);

  const all = await list({});
  assert.deepEqual(all, [sandboxed.tokenId, ...ids, 2, 1]);
  assert.deepEqual(await list({ keyType: 'SANDBOX' }), [sandboxed.tokenId, 2]);
  assert.deepEqual(await list({ application: 'Shop', keyType: 'PRODUCTION', user: 'bob' }), ids);
  assert.deepEqual(await list({ scope: 'a' }), [ids[0], ids[2]]);
  assert.deepEqual(await list({ state: 'REVOKED' }), [ids[1]]);
  assert.deepEqual(await list({ userType: 'APPLICATION' }), [2, 1]);
  assert.deepEqual(await list({ grantType: 'client_credentials', state: 'ACTIVE' }), [2, 1]);
  await world.call('applications.create', { name: 'Empty' });
  assert.deepEqual(await list({ application: 'Empty' }), []);

  const seen: number[] = [];
  let cursor: number | undefined;
  do {
    const page = await world.call('tokens.list', { limit: 2, cursor });
    seen.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  assert.deepEqual(seen, all);
});

test('tokens.refresh issues a new token, or refuses', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  const next = await world.call('tokens.refresh', { token: token.accessToken });
  assert.equal(next.reason.rule, 'refreshed');
  assert.equal(world.stateOf(token), 'INACTIVE/uuid');
  await assert.rejects(
    world.call('tokens.refresh', { token: String(token.tokenId) }),
    failing('refused', undefined, /Invalid refresh token state.*INACTIVE/),
  );
  const application = await world.call('tokens.issue', world.production);
  await assert.rejects(world.call('tokens.refresh', { token: application.accessToken }), failing('refused'));
  await world.call('keys.update', { ...world.production, grantTypes: ['password'] });
  await assert.rejects(
    world.call('tokens.refresh', { token: next.accessToken }),
    failing('refused', undefined, /grant type/),
  );
});

test('revokes one token, and reports when it was retired already', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  const first = await world.call('tokens.revoke', { token: token.refreshToken ?? '' });
  assert.deepEqual([first.revoked, first.token.state, first.token.valid], [true, 'REVOKED', false]);
  const again = await world.call('tokens.revoke', { token: token.accessToken });
  assert.deepEqual(again, { ...first, revoked: false });
});

test('revokes all tokens of an application, a key type, a user or a device', async (t) => {
  const world = await openWorld(t);
  const devices = { ...world.production, username: 'bob', device: ['ipad', 'iphone'] };
  await world.call('devices.mint', devices);
  await world.call('devices.mint', { ...devices, username: undefined });
  const both = await world.token({ ...bob, scope: 'device_ipad device_iphone' });
  const revokeAll = async (by: object) => (await world.call('tokens.revokeAll', by)).revoked;
  assert.equal(await revokeAll({ device: 'ipad', user: 'bob' }), 1);
  assert.equal(await revokeAll({ device: 'ipad' }), 1);
  assert.equal(world.stateOf(both), 'ACTIVE/NONE', 'a token of two devices is not the token of one');
  assert.equal(await revokeAll({ user: 'bob' }), 2);
  assert.equal(await revokeAll({ application: 'Shop', keyType: 'SANDBOX' }), 1);
  assert.equal(await revokeAll({ application: 'Shop' }), 2);
  assert.equal(await revokeAll({ application: 'Shop' }), 0);
});

test('revokes many tokens in steps, and each event names its tokens', async (t) => {
  const world = await openWorld(t);
  const device = Array.from({ length: 1050 }, (_, index) => `d${index}`);
  await world.call('devices.mint', { ...world.production, device });
  world.sent.length = 0;
  assert.equal((await world.call('tokens.revokeAll', { application: 'Shop' })).revoked, 1052);
  const named = world.sent.flatMap(({ name, data }) =>
    name === 'tokens.changed' && 'tokenIds' in data ? [data.tokenIds.length] : [],
  );
  assert.deepEqual(named, [...Array.from({ length: 10 }, () => 100), 52]);
  assert.deepEqual((await world.call('tokens.list', { state: 'ACTIVE' })).items, []);
});

test("revokes tokens by id, without retired, purged and deleted applications' ones", async (t) => {
  const world = await openWorld(t);
  const device = Array.from({ length: 120 }, (_, index) => `d${index}`);
  const { items } = await world.call('devices.mint', { ...world.production, device });
  const ids = items.map(({ id }) => id);
  await world.call('tokens.revoke', { token: `${ids[0]}` });
  assert.deepEqual(await world.call('tokens.revokeMany', { ids: [...ids, ...ids, 9999] }), { revoked: ids.slice(1) });
  assert.deepEqual(await world.call('tokens.revokeMany', { ids }), { revoked: [] });
  const [one] = (await world.call('tokens.list', { state: 'ACTIVE' })).items;
  assert.ok(one);
  await world.call('applications.delete', { application: 'Shop' });
  assert.deepEqual(await world.call('tokens.revokeMany', { ids: [one.id] }), { revoked: [] });
});

test('sets a token to expire now or in some seconds, and records it in the history', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(bob);
  world.moveTo(100);
  const set = await world.call('tokens.setExpiry', { token: token.accessToken, inSeconds: 10 });
  assert.equal(set.expiresAtMs, startMs + 110_000);
  world.moveTo(109.9);
  assert.equal(world.introspect(token.accessToken).active, true);
  world.moveTo(110);
  assert.equal(world.introspect(token.accessToken).active, false);
  world.moveTo(50);
  assert.equal((await world.call('tokens.setExpiry', { token: token.accessToken })).valid, false);
  assert.deepEqual(world.rulesOf(token), ['issued_first', 'expiry_set', 'expiry_set']);
  assert.equal((await world.token(bob)).reason.rule, 'issued_after_expiry');
  await assert.rejects(
    world.call('tokens.setExpiry', { token: token.accessToken }),
    failing('refused', undefined, /EXPIRED/),
  );
});

test('sets an expiry on a never-expiring token, but not before its issue time', async (t) => {
  const world = await openWorld(t);
  const token = await world.call('tokens.issue', { ...world.production, validitySeconds: -1 });
  world.moveTo(-1);
  await assert.rejects(
    world.call('tokens.setExpiry', { token: token.accessToken }),
    failing('refused', undefined, /Reset the clock/),
  );
  world.moveTo(0);
  const ended = await world.call('tokens.setExpiry', { token: token.accessToken });
  assert.deepEqual([ended.valid, ended.expiresAtMs], [false, startMs]);
});

test('explains a token by its history, its tuple and sentences', async (t) => {
  const world = await openWorld(t);
  const old = await world.token({ ...bob, scope: 'a c' });
  world.moveTo(3700);
  const token = await world.token({ ...bob, scope: 'a c' });
  world.moveTo(3705);
  await world.token({ ...bob, scope: 'a' });
  const { history, tuple, text } = await world.call('tokens.explain', { token: token.accessToken });
  assert.deepEqual(
    history.map(({ state, reason }) => [state, reason.rule]),
    [['ACTIVE', 'issued_after_expiry']],
  );
  assert.deepEqual(
    tuple.map(({ id, state }) => [id, state]),
    [[old.tokenId, 'EXPIRED']],
  );
  assert.deepEqual(text.split('\n'), [
    `New: token ${old.tokenId} for user bob with the scopes "a" expired 1 min 40 s ago. The refresh token and its expiry stay the same. Scopes not granted: c (needs a role that the user lacks).`,
    'Reused once so far.',
    `Last decision: Reused: token ${token.tokenId} for user bob with the scopes "a" is still live, with 59 min 55 s left.`,
    'Now: valid, for another 59 min 55 s.',
  ]);
  const retired = await world.call('tokens.explain', { token: old.accessToken });
  assert.deepEqual(
    retired.history.map(({ state }) => state),
    ['ACTIVE', 'EXPIRED'],
  );
  assert.match(retired.text, new RegExp(`Token ${token.tokenId} replaced it\\.\nNow: EXPIRED, for good\\.$`));
});

test('lists recorded decisions, all or refusals only', async (t) => {
  const world = await openWorld(t);
  await world.token(bob);
  await world.token(bob);
  await assert.rejects(world.token({ ...bob, password: 'wrong' }));
  const { items } = await world.call('audit.list', {});
  assert.deepEqual(
    items.map(({ reason, application, keyType }) => [reason.rule, application, keyType]),
    [
      ['refused_grant', 'Shop', 'PRODUCTION'],
      ['reused', 'Shop', 'PRODUCTION'],
    ],
  );
  assert.equal(items[0]?.text, 'Refused with invalid_grant: "Authentication failed for bob". Wrong password.');
  assert.equal((await world.call('audit.list', { refusalsOnly: true })).items.length, 1);
});
