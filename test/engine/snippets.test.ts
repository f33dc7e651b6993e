import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failing, openWorld } from '../helpers/engine.ts';

const real = { secrets: 'real' } as const;

test("a token call has its grant's fields, the scopes and the device", async (t) => {
  const world = await openWorld(t);
  const render = async (input: object) =>
    (await world.call('snippets.render', { ...world.production, ...real, ...input })).text;
  const application = await render({ scope: 'b a' });
  assert.match(application, /https:\/\/localhost:8243\/token/);
  assert.match(application, /grant_type=client_credentials/);
  assert.match(application, /scope=a b/);
  assert.ok(application.includes(`${world.client.id}:${world.client.secret}`));
  const user = await render({ username: 'BOB', device: 'ipad', scope: 'a' });
  for (const part of ['grant_type=password', 'username=bob', 'password=bob-secret', 'scope=a device_ipad']) {
    assert.ok(user.includes(part), part);
  }
  assert.doesNotMatch(await render({ username: 'bob' }), /scope=/);
});

test("a call that needs a token takes the selection's live one, or the named one", async (t) => {
  const world = await openWorld(t);
  const selection = { ...world.production, username: 'bob', device: 'ipad' };
  const render = async (input: object) =>
    (await world.call('snippets.render', { ...selection, ...real, ...input })).text;
  for (const call of ['refresh', 'revoke', 'introspect'] as const) {
    await assert.rejects(render({ call }), failing('not_found', 'token', /Issue one first/));
  }
  const form = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
  const token = await world.token({ ...form, scope: 'device_ipad' });
  const other = await world.token(form);
  assert.ok((await render({ call: 'refresh' })).includes(`refresh_token=${token.refreshToken}`));
  assert.ok((await render({ call: 'revoke' })).includes(`token=${token.accessToken}`));
  assert.match(await render({ call: 'revoke' }), /https:\/\/localhost:8243\/revoke/);
  assert.match(await render({ call: 'introspect' }), /https:\/\/localhost:8243\/oauth2\/introspect/);
  const api = await render({ call: 'api', url: 'https://api.test/pets', method: 'DELETE' });
  assert.ok(api.includes(`Bearer ${token.accessToken}`) && api.includes('-X DELETE'));
  assert.ok((await render({ call: 'revoke', token: other.refreshToken })).includes(`token=${other.accessToken}`));

  const isDirect = async (url: string) => / -q --noproxy '\*' /.test(await render({ call: 'api', url }));
  assert.equal(await isDirect('https://api.test/pets'), false);
  assert.equal(await isDirect('https://localhost.api.test/127.0.0.1'), false);
  await world.call('settings.write', { extraNames: ['phone.test'] });
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3', '[::1]', 'app.localhost', 'PHONE.test']) {
    assert.equal(await isDirect(`http://${host}:3000/pets`), true, host);
  }

  // An expired token is not live.
  world.moveTo(3600);
  await assert.rejects(render({ call: 'introspect' }), failing('not_found', 'token'));
});

test('a placeholder needs no token and no password', async (t) => {
  const world = await openWorld(t);
  const render = (input: object) => world.call('snippets.render', { ...world.production, ...input });
  for (const secrets of ['placeholder', 'env']) {
    for (const call of ['refresh', 'revoke', 'introspect', 'api']) {
      const url = 'https://localhost:8243/pets';
      const { containsSecrets, text } = await render({ username: 'bob', call, secrets, url });
      assert.equal(containsSecrets, false);
      assert.ok(!text.includes(world.client.secret));
    }
  }
  assert.equal((await render({ username: 'bob', ...real })).containsSecrets, true);
});

test('a call names the token that it uses, if any', async (t) => {
  const world = await openWorld(t);
  const idOf = async (input: object) =>
    (await world.call('snippets.render', { ...world.production, username: 'bob', ...input })).tokenId;
  assert.equal(await idOf({ call: 'introspect' }), undefined);
  const { id } = await world.call('tokens.issue', { ...world.production, username: 'bob' });
  for (const call of ['refresh', 'revoke', 'introspect', 'api']) {
    assert.equal(await idOf({ call, url: 'https://localhost:8243/pets' }), id, call);
  }
  assert.equal(await idOf({ call: 'introspect', device: 'ipad' }), undefined);
  assert.equal(await idOf({ call: 'token' }), undefined);
  await world.call('tokens.revoke', { token: String(id) });
  assert.equal(await idOf({ call: 'introspect' }), undefined);
  assert.equal(await idOf({ call: 'introspect', token: String(id) }), id);
});

test('a call to an API without a URL is a GET of the API echo', async (t) => {
  const world = await openWorld(t);
  const render = async () =>
    (await world.call('snippets.render', { ...world.production, call: 'api', shell: 'bash' })).text;
  assert.match(await render(), / https:\/\/localhost:8243\/echo\/1\.0\/ /);
  await world.call('settings.write', { port: 9443 });
  assert.match(await render(), / https:\/\/localhost:9443\/echo\/1\.0\/ /);
  for (const { id } of world.store.apis.list()) await world.transact(() => world.store.apis.delete(id));
  await assert.rejects(render(), failing('bad_input', 'url', /Name the URL/));
});

test('an impossible call names the field at fault', async (t) => {
  const world = await openWorld(t);
  const render = (input: object) => world.call('snippets.render', { ...world.production, ...real, ...input });
  await assert.rejects(render({ username: 'nobody' }), failing('not_found', 'username'));
  const application = await world.call('tokens.issue', world.production);
  for (const input of [{}, { token: application.accessToken }, { secrets: 'placeholder' }]) {
    await assert.rejects(render({ call: 'refresh', ...input }), failing('bad_input', 'username'));
  }
  const elsewhere = await world.token({ grant_type: 'client_credentials' }, world.sandboxClient);
  await assert.rejects(render({ call: 'revoke', token: elsewhere.accessToken }), failing('bad_input', 'token'));
});

test('of several live tokens, a call uses the newest', async (t) => {
  const world = await openWorld(t);
  await world.call('keys.update', { ...world.production, issueBehaviour: 'multiple' });
  await world.token({ grant_type: 'client_credentials' });
  const newest = await world.token({ grant_type: 'client_credentials' });
  const { text } = await world.call('snippets.render', { ...world.production, ...real, call: 'introspect' });
  assert.ok(text.includes(newest.accessToken));
});
