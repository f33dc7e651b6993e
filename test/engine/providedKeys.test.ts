import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { createCa } from '../../main/platform/certificates/certificate.ts';
import { failing, openWorld, refused } from '../helpers/engine.ts';

const desk = { application: 'Desk', keyType: 'SANDBOX' } as const;
const client = { id: 'k e+y"%41', secret: `s'e "c:r%20e+t\\` };
const provided = {
  ...{ ...desk, consumerKey: client.id, consumerSecret: client.secret, kind: 'wso2-3.2' as const },
  tokenUrl: 'https://gw.example.com:8243/token',
  revokeUrl: 'https://gw.example.com:8243/revoke',
} as const;
const application = { grant_type: 'client_credentials' };

/** A world whose application Desk has SANDBOX keys of another server. */
const openDesk = async (t: TestContext, more: object = {}) => {
  const world = await openWorld(t);
  await world.call('applications.create', { name: 'Desk' });
  const keySet = await world.call('keys.provide', { ...provided, ...more });
  const render = (input: object = {}) => world.call('snippets.render', { ...desk, secrets: 'real', ...input });
  return { ...world, keySet, render };
};

test('keeps key, secret and server exactly, and shows the origin', async (t) => {
  const world = await openDesk(t);
  assert.partialDeepStrictEqual(world.keySet, {
    ...{ origin: 'provided', servedHere: true, consumerKey: client.id, state: 'ACTIVE' },
    server: { kind: 'wso2-3.2', tokenUrl: provided.tokenUrl, revokeUrl: provided.revokeUrl, introspectUrl: '' },
  });
  assert.deepEqual(await world.call('keys.reveal', desk), { consumerKey: client.id, consumerSecret: client.secret });
  const { items } = await world.call('keys.list', { application: 'Shop' });
  assert.deepEqual(
    items.map(({ origin, server, servedHere }) => [origin, server, servedHere]),
    [
      ['generated', null, true],
      ['generated', null, true],
    ],
  );
  assert.ok(!JSON.stringify(world.sent).includes(client.secret), 'no event holds the secret');
});

test('refuses a key type that has keys, with WSO2 words, and a consumer key that others have, with their name', async (t) => {
  const world = await openDesk(t);
  await assert.rejects(
    world.call('keys.provide', provided),
    failing('conflict', 'keyType', /^Key Mappings already exists/),
  );
  await assert.rejects(world.call('keys.generate', desk), failing('conflict', 'keyType'));
  const other = { ...provided, keyType: 'PRODUCTION', consumerKey: world.client.id } as const;
  await assert.rejects(
    world.call('keys.provide', other),
    failing('conflict', 'consumerKey', /"Shop" \(PRODUCTION\) already/),
  );
  await assert.rejects(
    world.call('keys.updateServer', { ...desk, consumerKey: world.client.id }),
    failing('conflict', 'consumerKey', /"Shop"/),
  );
  await world.call('applications.delete', { application: 'Shop' });
  await assert.rejects(world.call('keys.provide', other), failing('conflict', 'consumerKey', /just deleted/));
});

test('refuses text that no server issues, and says why', async (t) => {
  const world = await openWorld(t);
  const ca = (await createCa({ installationId: 'other', nowMs: Date.now() })).certificatePem;
  const input = { ...provided, ...world.sandbox };
  for (const [field, value, why] of [
    ['consumerKey', '', /Enter the consumer key/],
    ['consumerKey', 'a:b', /no colon/],
    ['consumerKey', ' a', /space/],
    ['consumerKey', 'a\nb', /printable ASCII/],
    ['consumerKey', 'é', /printable ASCII/],
    ['consumerKey', 'a'.repeat(513), /at most 512/],
    ['consumerSecret', 'a ', /space/],
    ['consumerSecret', 'a\u0000', /printable ASCII/],
    ['consumerSecret', 'a'.repeat(2049), /at most 2048/],
    ['tokenUrl', '', /full address/],
    ['tokenUrl', 'gw.example.com/token', /full address/],
    ['tokenUrl', 'ftp://gw.example.com/token', /full address/],
    ['tokenUrl', 'https://ann:secret@gw.example.com/token', /without user, password/],
    ['tokenUrl', 'https://gw.example.com/token#x', /full address/],
    ['tokenUrl', 'https://gw example.com/token', /without spaces/],
    ['revokeUrl', 'revoke', /full address/],
    ['caCertificate', 'no certificate', /starts with -----BEGIN CERTIFICATE/],
    ['caCertificate', ca.replace(/\n.*\n/, '\n'), /incomplete/],
    ['caCertificate', ca.slice(0, -40), /starts with|incomplete/],
    ['caCertificate', `${ca}\n${ca.slice(0, 90)}`, /incomplete/],
    ['caCertificate', ca.replaceAll('CERTIFICATE', 'PRIVATE KEY'), /private key/],
    ['caCertificate', ca.replaceAll('CERTIFICATE', 'PUBLIC KEY'), /holds a PUBLIC KEY/],
  ] as const) {
    await assert.rejects(
      world.call('keys.provide', { ...input, [field]: value }),
      failing('bad_input', field, why),
      `${field}: ${value}`,
    );
  }
  await world.call('applications.create', { name: 'Desk' });
  const two = `# the company's\n${ca}\n\n${ca}`;
  const { server } = await world.call('keys.provide', { ...provided, caCertificate: two });
  assert.equal(server?.caCertificate, two);
});

test('the server owns the secret: another one is entered, which revokes the tokens issued here', async (t) => {
  const world = await openDesk(t);
  const { tokenId } = await world.token(application, { basic: client });
  await assert.rejects(
    world.call('keys.regenerateSecret', desk),
    failing('refused', undefined, /issued these keys.*portal/),
  );
  await assert.rejects(
    world.call('keys.revoke', desk),
    failing('refused', undefined, /issued these keys.*Also serve here/),
  );
  const same = await world.call('keys.updateServer', { ...desk, consumerSecret: client.secret, kind: 'other' });
  assert.deepEqual([same.tokensRevoked, same.server?.kind, same.server?.tokenUrl], [0, 'other', provided.tokenUrl]);
  const entered = { id: 'another key', secret: 'another secret' };
  const changed = await world.call('keys.updateServer', {
    ...{ ...desk, consumerKey: entered.id, consumerSecret: entered.secret, revokeUrl: '' },
  });
  assert.partialDeepStrictEqual(changed, { tokensRevoked: 1, consumerKey: entered.id });
  assert.equal(changed.server?.revokeUrl, '');
  assert.equal(world.stateOf({ tokenId }), 'REVOKED/uuid');
  await assert.rejects(world.token(application, { basic: client }), /could not be found/);
  assert.ok((await world.token(application, { basic: entered })).accessToken);
  await assert.rejects(
    world.call('keys.updateServer', world.production),
    failing('refused', undefined, /generated here/),
  );
});

test('serves the keys like its own, form-encoded or not', async (t) => {
  const world = await openDesk(t);
  const encoded = { id: encodeURIComponent(client.id), secret: encodeURIComponent(client.secret) };
  const decodes = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  const sent = [
    { basic: client },
    { body: client },
    { basic: { ...client, undecoded: encoded } },
    // A client that encodes nothing: the endpoint decoded what only looks encoded.
    { basic: { id: decodes('k e+y"%41'), secret: 'decoded', undecoded: client } },
  ];
  for (const credentials of sent) {
    const { accessToken } = await world.token(application, credentials);
    assert.equal(world.introspect(accessToken, credentials).active, true);
  }
  const wrong = { id: client.id, secret: 'wrong' };
  await assert.rejects(
    world.token(application, { basic: wrong }),
    refused(401, 'invalid_client', 'Client Authentication failed.', 'secret_wrong'),
  );
  await world.call('tokens.issue', { ...desk, username: 'bob' });
});

test('keys that are not served are unknown here, and no token is issued for them', async (t) => {
  const world = await openDesk(t);
  const { accessToken, tokenId } = await world.token(application, { basic: client });
  await world.call('keys.updateServer', { ...desk, servedHere: false });
  const unknown = `A valid OAuth client could not be found for client_id: ${client.id}`;
  const notServed = refused(401, 'invalid_client', unknown, 'not_served_here');
  await assert.rejects(world.token(application, { basic: client }), notServed);
  await assert.rejects(world.revoke({ token: accessToken }, { basic: client }), notServed);
  const nobody = { id: client.id.slice(1), secret: client.secret };
  const texts = [client, nobody].map((basic) => {
    try {
      return world.introspect(accessToken, { basic });
    } catch (error) {
      return error instanceof Error ? error.message : error;
    }
  });
  assert.equal(texts[0], texts[1], 'the introspection answer is that of an unknown client');
  assert.equal(world.introspect(accessToken).active, false);
  const told = failing('refused', undefined, /not served here\. Turn on "Also serve here"/);
  await assert.rejects(world.call('tokens.issue', desk), told);
  await assert.rejects(world.call('tokens.regenerate', desk), told);
  await assert.rejects(world.call('devices.mint', { ...desk, device: ['ipad'] }), told);
  await assert.rejects(world.render({ target: 'machine' }), failing('refused', undefined, /not served here/));
  assert.match((await world.call('tokens.explain', { token: String(tokenId) })).text, /not served here/);
  await world.call('keys.updateServer', { ...desk, servedHere: true });
  assert.equal(world.introspect(accessToken).active, true);
});

test('snippets address the server with its authority, and this machine on request', async (t) => {
  const { certificatePem: caCertificate } = await createCa({ installationId: 'other', nowMs: Date.now() });
  const world = await openDesk(t, { caCertificate });
  const token = await world.render();
  assert.match(token.text, /^curl https:\/\/gw\.example\.com:8243\/token /, 'with the proxy of the environment');
  const [, file = ''] = /--cacert (\S+)/.exec(token.text) ?? [];
  assert.equal(readFileSync(file, 'utf8'), caCertificate);
  assert.deepEqual([token.target, /another address/.test(token.whyNoRun ?? '')], ['server', true]);
  const here = await world.render({ target: 'machine' });
  assert.match(here.text, /https:\/\/localhost:8243\/token/);
  assert.deepEqual([here.target, here.whyNoRun], ['machine', undefined]);

  const revoke = await world.render({ call: 'revoke' });
  assert.match(revoke.text, /gw\.example\.com:8243\/revoke [\s\S]*token=YOUR_ACCESS_TOKEN/);
  assert.match(revoke.notes.join('\n'), /gw\.example\.com:8243 issues it, so Keyfob does not have it/);
  assert.match((await world.render({ call: 'revoke', token: 'a.b.c' })).text, /-d token=a\.b\.c/);
  await assert.rejects(
    world.render({ call: 'introspect' }),
    failing('refused', undefined, /introspection address of gw\.example\.com:8243 is not known/),
  );
  await assert.rejects(world.render({ call: 'api' }), failing('bad_input', 'url', /Name the URL/));
  const api = await world.render({ call: 'api', url: 'https://gw.example.com:8243/pets/v1' });
  assert.ok(api.text.includes(`--cacert ${file}`));
  assert.doesNotMatch((await world.render({ call: 'api', url: 'https://api.test/' })).text, /--cacert/);
  await world.call('keys.updateServer', { ...desk, introspectUrl: 'https://am.example.com/oauth2/introspect' });
  assert.match((await world.render({ call: 'introspect' })).notes.join('\n'), /introspect permission/);
  const own = { ...world.production, secrets: 'real', target: 'server' } as const;
  await assert.rejects(world.call('snippets.render', own), failing('bad_input', 'target'));
});

test('Run calls a server of this machine only, whatever the own names are', async (t) => {
  const world = await openDesk(t);
  await world.call('settings.write', { extraNames: ['gw.example.com'] });
  await assert.rejects(
    world.call('snippets.run', desk),
    failing('bad_input', 'url', /this machine only, and gw\.example\.com/),
  );
  const url = 'http://127.0.0.1:9/';
  await world.call('keys.updateServer', { ...desk, tokenUrl: url, revokeUrl: url });
  assert.equal((await world.render()).whyNoRun, undefined);
  await assert.rejects(world.call('snippets.run', desk), failing('call_failed'));
  await assert.rejects(world.call('snippets.run', { ...desk, call: 'revoke' }), failing('token_value_not_kept'));
});
