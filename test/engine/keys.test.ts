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

test('authorization_code, callback and PKCE are stored as chosen', async (t) => {
  const world = await openWorld(t);
  const chosen = {
    grantTypes: ['authorization_code', 'refresh_token'] as ('authorization_code' | 'refresh_token')[],
    callbackUrl: 'regexp=(https://a.test/cb|https://b.test/cb)',
    publicClient: true,
    pkce: 'required' as const,
    pkcePlain: true,
  };
  assert.partialDeepStrictEqual(await world.call('keys.update', { ...world.production, ...chosen }), chosen);
  assert.partialDeepStrictEqual(world.store.keySets.byConsumerKey(world.client.id), chosen);
  const { items } = await world.call('keys.list', { application: 'Shop' });
  assert.partialDeepStrictEqual(items[1], { publicClient: false, pkce: 'optional', pkcePlain: false });
});

test('a callback is refused with the reason', async (t) => {
  const world = await openWorld(t);
  for (const [callbackUrl, why] of [
    ['nowhere', /absolute URL/],
    ['javascript:alert(1)', /absolute URL/],
    ['https://app.test/cb#part', /no fragment/],
    ['regexp=(', /incomplete|has no \)/],
    ['regexp=https://(a|b', /has no \)/],
    ['regexp=https://a\\1', /\\1 is not supported/],
    ['regexp=(?=a)', /as \(\?:…\) only/],
    ['regexp=(a{100}){100}', /too large/],
    [`https://a.test/${'x'.repeat(1024)}`, /at most 1024/],
  ] as const) {
    await assert.rejects(
      world.call('keys.update', { ...world.production, callbackUrl }),
      failing('bad_input', 'callbackUrl', why),
      callbackUrl,
    );
  }
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
