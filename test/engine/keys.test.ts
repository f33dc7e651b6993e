import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newConsumerCredential } from '../../main/engine/clients/consumerCredentials.ts';
import { failing, openWorld } from '../helpers/engine.ts';

test('generates a key, a secret and a first application token as chosen', async (t) => {
  const world = await openWorld(t);
  await world.call('applications.create', { name: 'Desk' });
  const desk = { application: 'Desk', keyType: 'SANDBOX' } as const;
  const keys = await world.call('keys.generate', { ...desk, validitySeconds: 120, scope: 'b c a' });
  assert.match(keys.consumerKey, /^[A-Za-z0-9_]{28}$/);
  assert.match(keys.consumerSecret, /^[A-Za-z0-9_]{28}$/);
  assert.equal(keys.token.expiresInSeconds, 120);
  assert.equal(keys.token.scope, 'a am_application_scope b');
  assert.equal(keys.applicationTokenValiditySeconds, 3600, 'the lifetime is that of this token only');
  assert.equal(keys.token.reused, false);
  const { consumerSecret, token, ...shown } = keys;
  assert.deepEqual(await world.call('keys.list', { application: 'Desk' }), { items: [shown] });
  const { items: all } = await world.call('keys.list', {});
  assert.deepEqual(
    all.map(({ application, keyType }) => `${application} ${keyType}`),
    ['Shop PRODUCTION', 'Shop SANDBOX', 'Desk SANDBOX'],
  );
  assert.deepEqual(await world.call('keys.reveal', desk), { consumerKey: keys.consumerKey, consumerSecret });
  const seen = world.introspect(token.accessToken, { id: keys.consumerKey, secret: consumerSecret });
  assert.equal(seen.active, true);
});

test('each key type has one key set', async (t) => {
  const world = await openWorld(t);
  await assert.rejects(world.call('keys.generate', world.production), failing('conflict', 'keyType'));
  await world.call('applications.create', { name: 'Desk' });
  await assert.rejects(
    world.call('keys.reveal', { application: 'Desk', keyType: 'PRODUCTION' }),
    failing('not_found', 'keyType'),
  );
});

test('the first token is issued with any grant types; later ones need the grant', async (t) => {
  const world = await openWorld(t);
  await world.call('applications.create', { name: 'Desk' });
  const desk = { application: 'Desk', keyType: 'PRODUCTION' } as const;
  const keys = await world.call('keys.generate', { ...desk, grantTypes: ['password'] });
  assert.equal(keys.token.scope, 'am_application_scope default');
  await assert.rejects(world.call('tokens.issue', desk), failing('refused', undefined, /grant type/));
});

test('authorization_code cannot be chosen, and older keys with it keep working', async (t) => {
  const world = await openWorld(t);
  const grantTypes = ['authorization_code', 'password'] as unknown as 'password'[];
  await assert.rejects(
    world.call('keys.update', { ...world.production, grantTypes }),
    failing('bad_input', 'grantTypes.0', /does not serve authorization_code yet/),
  );
  const row = world.store.keySets.byConsumerKey(world.client.id);
  assert.ok(row);
  const kept = ['password', 'authorization_code'] as const;
  await world.transact(() => world.store.keySets.update({ ...row, grantTypes: kept }));
  assert.equal(
    (await world.token({ grant_type: 'password', username: 'bob', password: 'bob-secret' })).scope,
    'default',
  );
  const update = await world.call('keys.update', {
    ...world.production,
    callbackUrl: 'http://localhost:3000/callback',
  });
  assert.deepEqual(update.grantTypes, ['password']);
  assert.deepEqual(world.store.keySets.byConsumerKey(world.client.id)?.grantTypes, kept);
  await world.call('keys.update', { ...world.production, grantTypes: ['password', 'refresh_token'] });
  assert.deepEqual(world.store.keySets.byConsumerKey(world.client.id)?.grantTypes, ['password', 'refresh_token']);
});

test('a revoked key set is refused until its secret is regenerated', async (t) => {
  const world = await openWorld(t);
  const cc = { grant_type: 'client_credentials' };
  const token = await world.token(cc);
  assert.equal((await world.call('keys.revoke', world.production)).tokensRevoked, 2);
  assert.equal(world.stateOf(token), 'REVOKED/uuid');
  assert.equal(world.rulesOf(token).at(-1), 'retired_keys_revoked');
  await assert.rejects(
    world.call('tokens.issue', world.production),
    failing('refused', undefined, /revoked until its secret is regenerated/),
  );
  const { consumerSecret, tokensRevoked } = await world.call('keys.regenerateSecret', world.production);
  assert.equal(tokensRevoked, 0);
  assert.notEqual(consumerSecret, world.client.secret);
  assert.equal((await world.token(cc, { ...world.client, secret: consumerSecret })).reason.rule, 'issued_first');
});

test('a consumer credential favours no character', () => {
  const script = [252, 253, 254, 255, ...Array.from({ length: 24 }, (_, index) => index)];
  const asked: number[] = [];
  const bytes = (length: number) => {
    asked.push(length);
    return Uint8Array.from(asked.length === 1 ? script : Array.from({ length }, () => 251));
  };
  const text = newConsumerCredential({ bytes, uuid: () => '' });
  // The four greatest bytes are skipped; 251 is the last letter for the fourth time.
  assert.equal(text, `${'ABCDEFGHIJKLMNOPQRSTUVWX'}____`);
  assert.equal(asked.length, 2);
});
