import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { InputOf } from '../../preload/contract/define.ts';
import type { MethodOf } from '../../preload/contract/index.ts';
import { failing, openWorld, startMs } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

type World = Awaited<ReturnType<typeof openWorld>>;

/** The ids of a list, compared with every other method that takes the same filter. */
async function found(world: World, filter: InputOf<MethodOf<'tokens.count'>>): Promise<number[]> {
  const ids = (await world.call('tokens.list', filter)).items.map(({ id }) => id);
  assert.deepEqual(await world.call('tokens.ids', filter), { ids });
  assert.equal((await world.call('tokens.count', filter)).total, ids.length);
  assert.equal((await world.call('tokens.export', filter)).rows, ids.length);
  return ids.toSorted((a, b) => a - b);
}

test('a validity filters ACTIVE tokens by expiry, at token time and with the skew', async (t) => {
  const world = await openWorld(t, { userTokenValiditySeconds: 3600 });
  const { tokenId: short } = await world.token(bob);
  const { tokenId: second } = await world.token({ ...bob, scope: 'a' });
  const { id: endless } = await world.call('tokens.issue', { ...world.sandbox, scope: 'b', validitySeconds: -1 });
  const { tokenId: revoked, accessToken } = await world.token({ ...bob, scope: 'b' });
  await world.revoke({ token: accessToken });
  await world.call('tokens.setExpiry', { token: `${short}`, inSeconds: 300 });
  const first = await found(world, { text: 'device_first' });

  assert.deepEqual(await found(world, { validity: 'expiring' }), [short]);
  assert.deepEqual(await found(world, { validity: 'expiring', expiringWithinSeconds: 299 }), []);
  assert.deepEqual(await found(world, { validity: 'never' }), [endless]);
  assert.deepEqual(await found(world, { validity: 'valid' }), [...first, short, second, endless]);
  assert.deepEqual(await found(world, { validity: 'overdue' }), []);
  assert.deepEqual(await found(world, { validity: 'valid', state: 'REVOKED' }), []);

  world.moveTo(300);
  assert.deepEqual(await found(world, { validity: 'overdue' }), [short]);
  assert.deepEqual(await found(world, { validity: 'expiring' }), []);
  await world.call('settings.write', { skewSeconds: 10 });
  assert.deepEqual(await found(world, { validity: 'overdue' }), []);
  assert.deepEqual(await found(world, { validity: 'expiring' }), [short]);
  await world.call('settings.write', { skewSeconds: 0, clockOffsetSeconds: 3600 });
  assert.deepEqual(await found(world, { validity: 'valid' }), [endless]);
  assert.deepEqual(await found(world, { state: 'REVOKED' }), [revoked]);

  const { items } = await world.call('tokens.list', { limit: 1000 });
  for (const { id, valid } of items) {
    assert.equal((await found(world, { validity: 'valid', text: `${id}` })).includes(id), valid, `token ${id}`);
  }
});

test('each search word matches application, user, scopes or device, or equals the id', async (t) => {
  const world = await openWorld(t);
  await world.call('users.create', { username: 'SECONDARY/Žofie@acme.test', password: 'p' });
  await world.call('applications.create', { name: 'Great ŽIDLE' });
  const great = { application: 'Great ŽIDLE', keyType: 'PRODUCTION' } as const;
  const { token: chairs } = await world.call('keys.generate', { ...great, scope: 'device_chair' });
  const { tokenId: ofBob } = await world.token({ ...bob, scope: 'a' });
  const { tokenId: ipad } = await world.token({ ...bob, scope: 'device_iPad' });
  assert.deepEqual(await found(world, { text: 'ŽIDLE great' }), [chairs.id]);
  assert.deepEqual(await found(world, { text: 'BOB' }), [ofBob, ipad]);
  assert.deepEqual(await found(world, { text: '  bob   ipad ' }), [ipad]);
  assert.deepEqual(await found(world, { text: 'bob chair' }), []);
  assert.deepEqual(await found(world, { text: `bob ${ofBob}` }), [ofBob]);
  assert.deepEqual(await found(world, { text: "%' --" }), []);
  assert.deepEqual(await found(world, { text: ' ' }), await found(world, {}));
  await world.call('applications.delete', { application: 'Great ŽIDLE' });
  assert.deepEqual(await found(world, { text: 'židle' }), []);
});

test('device tokens have exactly one device scope', async (t) => {
  const world = await openWorld(t);
  const { items } = await world.call('devices.mint', { ...world.production, username: 'bob', device: ['ipad', 'ip'] });
  const [ipad = 0, ip = 0] = items.map(({ id }) => id);
  const { tokenId: both } = await world.token({ ...bob, scope: 'device_ipad device_ip' });
  const { tokenId: plain } = await world.token(bob);
  assert.deepEqual(await found(world, { user: 'bob', deviceTokens: true }), [ipad, ip]);
  assert.deepEqual(await found(world, { user: 'bob', deviceTokens: false }), [both, plain]);
  assert.deepEqual(await found(world, { device: 'ip' }), [ip]);
  assert.deepEqual(await found(world, { device: 'ip', scope: 'device_ipad' }), []);
  assert.deepEqual(await found(world, { device: 'ip', deviceTokens: false }), []);
  await assert.rejects(world.call('tokens.count', { user: 'nobody' }), failing('not_found', 'user'));
});

test('counts tokens by state, and shows them in the order of the given ids', async (t) => {
  const world = await openWorld(t);
  const { tokenId: one, accessToken } = await world.token({ ...bob, scope: 'a' });
  const { tokenId: two, accessToken: live } = await world.token({ ...bob, scope: 'b' });
  await world.revoke({ token: accessToken });
  assert.deepEqual(await world.call('tokens.count', { user: 'bob' }), {
    total: 2,
    byState: { ACTIVE: 1, INACTIVE: 0, EXPIRED: 0, REVOKED: 1 },
  });
  const { items } = await world.call('tokens.readMany', { ids: [one, 9999, two] });
  assert.deepEqual(
    items.map(({ id, state }) => [id, state]),
    [
      [one, 'REVOKED'],
      [two, 'ACTIVE'],
    ],
  );
  const ends = await world.call('tokens.readMany', { ids: [one], last4: true });
  assert.deepEqual(ends.items, [{ ...items[0], last4: accessToken.slice(-4) }]);
  const revealed = await world.call('tokens.revealMany', { ids: [two, 9999, one] });
  assert.deepEqual(revealed.items, [
    { id: two, accessToken: live },
    { id: one, accessToken },
  ]);
  await world.call('applications.delete', { application: 'Shop' });
  assert.deepEqual(await world.call('tokens.readMany', { ids: [one, two] }), { items: [] });
  assert.deepEqual(await world.call('tokens.revealMany', { ids: [one, two] }), { items: [], notKept: [] });
});

test('the CSV holds no token values, and no cell that a spreadsheet would run', async (t) => {
  const world = await openWorld(t);
  await world.call('users.create', { username: '=cmd|"calc",1', password: 'p' });
  await world.call('applications.create', { name: '+Shop', owner: '=cmd|"calc",1' });
  await world.call('keys.generate', { application: '+Shop', keyType: 'SANDBOX', validitySeconds: -1, scope: '-1 @x' });
  const { csv, rows, nextCursor } = await world.call('tokens.export', { application: '+Shop' });
  assert.deepEqual([rows, nextCursor], [1, undefined]);
  assert.equal(
    csv,
    [
      'id,application,key type,user,kind,grant,scopes,device,state,issued,expires,last reused,reuse count',
      `3,'+Shop,SANDBOX,"'=cmd|""calc"",1",application token,client_credentials,am_application_scope default,,ACTIVE,${new Date(startMs).toISOString()},never,,0`,
      '',
    ].join('\r\n'),
  );

  const { tokenId } = await world.token({ ...bob, scope: 'device_ipad' });
  await world.token({ ...bob, scope: 'device_ipad' });
  const page = await world.call('tokens.export', { limit: 1 });
  const { accessToken, refreshToken = '' } = await world.call('tokens.reveal', { token: `${tokenId}` });
  assert.ok(!page.csv.includes(accessToken) && !page.csv.includes(refreshToken));
  assert.match(page.csv, new RegExp(`\r\n${tokenId},Shop,PRODUCTION,bob,user token,password,device_ipad,ipad,ACTIVE,`));
  assert.match(page.csv, /Z,1\r\n$/);
  assert.equal(page.nextCursor, tokenId);
  const rest = await world.call('tokens.export', { cursor: page.nextCursor });
  assert.deepEqual([rest.rows, rest.nextCursor], [3, undefined]);
});

test('an order places every matching token, whatever the filter, and its reverse is the other direction', async (t) => {
  const world = await openWorld(t, { userTokenValiditySeconds: 3600 });
  const scopes = ['a', 'b', 'device_x', 'device_y', 'device_z'];
  const made: number[] = [];
  for (const scope of scopes) made.push((await world.token({ ...bob, scope })).tokenId);
  const lives = [300, 20, 7000, 20, 900];
  for (const [at, id] of made.entries()) {
    await world.call('tokens.setExpiry', { token: `${id}`, inSeconds: lives[at] ?? 0 });
  }
  const { id: endless } = await world.call('tokens.issue', { ...world.sandbox, scope: 'b', validitySeconds: -1 });
  world.moveTo(60);
  await world.token({ ...bob, scope: 'device_y' });
  world.moveTo(61);
  await world.token({ ...bob, scope: 'b' });
  await world.token({ ...bob, scope: 'a' });
  world.moveTo(62);
  await world.token({ ...bob, scope: 'device_x' });

  const { items } = await world.call('tokens.list', { limit: 1000 });
  const placeOf = {
    issued: ({ id }: (typeof items)[number]) => id,
    expires: ({ expiresAtMs }: (typeof items)[number]) => expiresAtMs ?? Number.MAX_SAFE_INTEGER,
    lastUsed: ({ lastUsedAtMs }: (typeof items)[number]) => lastUsedAtMs ?? 0,
  };
  for (const filter of [{}, { deviceTokens: true }, { state: 'ACTIVE' }, { user: 'bob' }] as const) {
    const { ids: matching } = await world.call('tokens.ids', filter);
    for (const order of ['issued', 'expires', 'lastUsed'] as const) {
      const expected = items
        .filter(({ id }) => matching.includes(id))
        .sort((a, b) => placeOf[order](b) - placeOf[order](a) || b.id - a.id)
        .map(({ id }) => id);
      assert.deepEqual(await world.call('tokens.ids', { ...filter, order }), { ids: expected });
      assert.deepEqual(await world.call('tokens.ids', { ...filter, order, ascending: true }), {
        ids: expected.toReversed(),
      });
    }
  }
  const { ids: byExpiry } = await world.call('tokens.ids', { order: 'expires' });
  assert.equal(byExpiry[0], endless);
  const { ids: byUse } = await world.call('tokens.ids', { order: 'lastUsed' });
  assert.equal(byUse[0], made[2]);
});
