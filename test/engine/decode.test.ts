import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { failing, openWorld, startMs } from '../helpers/engine.ts';

const bob = { grant_type: 'password', username: 'bob', password: 'bob-secret' };

test('decodes a JWT, and names the key that signed it', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, tokenFormat: 'apim32' });
  const { tokenId, accessToken } = await world.token(bob);
  for (const token of [String(tokenId), accessToken]) {
    const decoded = await world.call('tokens.decode', { token });
    assert.deepEqual(decoded.header, decodeProtectedHeader(accessToken));
    assert.deepEqual(decoded.claims, decodeJwt(accessToken));
    assert.equal(decoded.id, tokenId);
    assert.equal(decoded.signatureGood, true);
    assert.partialDeepStrictEqual(decoded.key, { algorithm: 'RS256', state: 'signing' });
    assert.equal(decoded.key?.otherKids[1], decoded.header.kid);
  }
  await world.call('signingKeys.rotate', { algorithm: 'RS256' });
  const { key, signatureGood } = await world.call('tokens.decode', { token: String(tokenId) });
  assert.deepEqual([key?.state, key?.published, signatureGood], ['retired', true, true]);
  assert.equal((await world.call('tokens.read', { token: accessToken })).format, 'apim32');
});

test('does not decode opaque tokens, unknown ones, and those kept as hashes', async (t) => {
  const world = await openWorld(t);
  const { accessToken, tokenId } = await world.token(bob);
  const decode = (token: string) => world.call('tokens.decode', { token });
  await assert.rejects(decode(accessToken), failing('refused', undefined, /is opaque/));
  await assert.rejects(decode(`${accessToken}.e30.x`), failing('not_found', 'token'));
  await world.call('keys.update', { ...world.production, tokenFormat: 'rfc9068' });
  await world.call('settings.write', { tokenPersistence: 'hashed' });
  const jwt = await world.token(bob);
  assert.notEqual(jwt.tokenId, tokenId);
  assert.equal(jwt.persistence, 'hashed');
  await assert.rejects(decode(String(jwt.tokenId)), failing('token_value_not_kept'));
  // The holder of the value can decode it.
  assert.equal((await decode(jwt.accessToken)).signatureGood, true);
  assert.equal(world.introspect(jwt.accessToken).active, true);
});

test('tells that a verifier of signatures still accepts a retired JWT, until its exp', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, tokenFormat: 'rfc9068' });
  const token = await world.token(bob);
  const lines = async () => (await world.call('tokens.explain', { token: String(token.tokenId) })).text.split('\n');
  const sentence = /verifier that only checks its signature still accepts it until its exp, at 09:00:00 UTC/;
  assert.doesNotMatch((await lines()).join(), sentence);
  await world.call('tokens.setExpiry', { token: String(token.tokenId), inSeconds: 10 });
  world.moveTo(20);
  assert.match((await lines()).at(-2) ?? '', sentence);
  await world.revoke({ token: token.accessToken });
  assert.match((await lines()).at(-2) ?? '', sentence);
  assert.equal(decodeJwt(token.accessToken).exp, startMs / 1000 + 3600);
  world.moveTo(3600);
  assert.doesNotMatch((await lines()).join(), sentence);
});

test('the text of a never-expiring JWT says so, and an opaque one has no such sentence', async (t) => {
  const world = await openWorld(t);
  const opaque = await world.token({ grant_type: 'client_credentials', validity_period: '-1' });
  await world.revoke({ token: opaque.accessToken });
  assert.doesNotMatch((await world.call('tokens.explain', { token: String(opaque.tokenId) })).text, /JWT/);
  await world.call('keys.update', { ...world.production, tokenFormat: 'apim42' });
  const jwt = await world.token({ grant_type: 'client_credentials', validity_period: '-1' });
  await world.revoke({ token: jwt.accessToken });
  assert.match((await world.call('tokens.explain', { token: String(jwt.tokenId) })).text, /still accepts it forever\./);
});
