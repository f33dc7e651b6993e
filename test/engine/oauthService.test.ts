import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientCredentials } from '../../main/engine/oauth/oauth.ts';
import { failing, openWorld, refused } from '../helpers/engine.ts';

const password = { grant_type: 'password', username: 'bob', password: 'bob-secret' };
const nobody: ClientCredentials = {};
const unknown: ClientCredentials = { basic: { id: 'nobody', secret: 'x' } };

test('the token endpoint makes its checks in order', async (t) => {
  const world = await openWorld(t);
  const { client } = world;
  const wrong = { id: client.id, secret: 'wrong' };
  const twice: ClientCredentials = { basic: wrong, body: wrong };
  const failed = 'Client Authentication failed.';
  await world.call('keys.update', { ...world.sandbox, grantTypes: ['client_credentials'] });

  type Row = readonly [Readonly<Record<string, string>>, ClientCredentials, number, string, string];
  const rows: readonly Row[] = [
    [{}, unknown, 400, 'invalid_request', 'Missing grant_type parameter value'],
    [{ grant_type: '' }, nobody, 400, 'invalid_request', 'Missing grant_type parameter value'],
    [{ grant_type: 'magic' }, unknown, 400, 'unsupported_grant_type', 'Unsupported grant_type value'],
    [{ grant_type: 'authorization_code' }, unknown, 400, 'invalid_request', 'Missing parameters: code redirect_uri'],
    [{ grant_type: 'PASSWORD' }, unknown, 400, 'unsupported_grant_type', 'Unsupported grant_type value'],
    [{ grant_type: 'password' }, unknown, 400, 'invalid_request', 'Missing parameters: password username'],
    [{ ...password, password: '' }, unknown, 400, 'invalid_request', 'Missing parameters: password'],
    [{ ...password, username: '' }, unknown, 400, 'invalid_request', 'Missing parameters: username'],
    [{ grant_type: 'refresh_token' }, unknown, 400, 'invalid_request', 'Missing parameters: refresh_token'],
    [password, nobody, 401, 'invalid_client', failed],
    [password, unknown, 401, 'invalid_client', 'A valid OAuth client could not be found for client_id: nobody'],
    [password, twice, 400, 'invalid_request', 'The client MUST NOT use more than one authentication method in each'],
    [password, { basic: wrong }, 401, 'invalid_client', failed],
    [password, { body: wrong }, 401, 'invalid_client', failed],
    [password, { body: { id: client.id, secret: undefined } }, 401, 'invalid_client', failed],
    [password, { basic: { id: client.id, secret: '' } }, 401, 'invalid_client', failed],
    [
      { ...password, username: 'x' },
      { basic: world.sandboxClient },
      400,
      'unauthorized_client',
      'The authenticated client is not authorized to use this authorization grant type',
    ],
    [
      { ...password, password: 'wrong', scope: '"' },
      { basic: client },
      400,
      'invalid_grant',
      'Authentication failed for bob',
    ],
  ];
  for (const [form, as, status, error, description] of rows) {
    await assert.rejects(world.token(form, as), refused(status, error, description), JSON.stringify([form, as]));
  }
  await world.call('keys.revoke', world.production);
  await assert.rejects(
    world.token(password, twice),
    refused(401, 'invalid_client', 'Oauth application is not in active state', 'keys_revoked'),
  );
});

test('credentials in the body authenticate too, and so does Basic with a matching client_id', async (t) => {
  const world = await openWorld(t);
  const { client } = world;
  const token = await world.token(password, { body: client });
  for (const as of [
    { basic: client, body: { id: client.id, secret: undefined } },
    { basic: client, body: undefined },
  ]) {
    assert.equal((await world.token(password, as)).accessToken, token.accessToken);
  }
  await assert.rejects(
    world.token(password, { basic: client, body: { id: world.sandboxClient.id, secret: undefined } }),
    refused(400, 'invalid_request', 'The client MUST NOT use more than one authentication method in each'),
  );
});

test('a malformed scope is refused with the rules for scopes', async (t) => {
  const world = await openWorld(t);
  const text =
    'Scopes are separated by spaces; each has at most 60 printable ASCII characters without quotes and backslashes, together at most 2048.';
  const bad = ['"a"', 'a\\b', 'ä', 'a\0', 'x'.repeat(61), `device_${'x'.repeat(54)}`, 'ab '.repeat(683), 'a\u00a0b'];
  for (const scope of bad) {
    await assert.rejects(world.token({ ...password, scope }), refused(400, 'invalid_scope', text), scope);
    await assert.rejects(
      world.token({ grant_type: 'client_credentials', scope }),
      refused(400, 'invalid_scope', text),
      scope,
    );
  }
  assert.equal((await world.token({ ...password, scope: `device_${'x'.repeat(53)}` })).scope.length, 60);
  assert.equal((await world.token({ ...password, scope: 'ab '.repeat(682) })).scope, 'default');
});

test("refuses a user token with the reference's texts", async (t) => {
  const world = await openWorld(t);
  await world.call('users.create', { username: 'eve', password: 'eve-secret' });
  await world.call('users.disable', { user: 'eve' });
  await world.transact(() =>
    world.store.users.insert(
      {
        ...{ name: 'silent', userStore: 'PRIMARY', tenantDomain: 'carbon.super', uuid: crypto.randomUUID() },
        ...{ roles: [], enabled: true, createdAtMs: 0 },
      },
      null,
    ),
  );
  const rows = [
    ['bob', 'wrong', 'Authentication failed for bob', 'password_wrong'],
    ['bob@carbon.super', 'wrong', 'Authentication failed for bob', 'password_wrong'],
    ['BOB@Carbon.Super', 'wrong', 'Authentication failed for BOB', 'password_wrong'],
    ['PRIMARY/bob', 'wrong', 'Authentication failed for PRIMARY/bob', 'password_wrong'],
    ['OTHER/bob', 'bob-secret', 'Authentication failed for OTHER/bob', 'user_unknown'],
    ['nobody', 'x', 'Authentication failed for nobody', 'user_unknown'],
    ['eve', 'eve-secret', 'Authentication failed for eve', 'user_disabled'],
    ['silent', 'x', 'Authentication failed for silent', 'password_unset'],
  ] as const;
  for (const [username, secret, text, cause] of rows) {
    await assert.rejects(
      world.token({ ...password, username, password: secret }),
      refused(400, 'invalid_grant', text, cause),
    );
  }
});

test('an e-mail address as user name gets an explanation, and a setting makes it a name', async (t) => {
  const world = await openWorld(t);
  const { call } = world;
  const form = (username: string) => ({ grant_type: 'password', username, password: 'kim-secret' });
  const kim = await call('users.create', { username: 'kim@example.com', password: 'kim-secret' });
  assert.equal(kim.tenantDomain, 'example.com');
  assert.match(kim.note ?? '', /^kim is in the tenant example\.com, .* create kim@example\.com@carbon\.super instead/);
  const wire = 'Users in the tenant domain : example.com do not have access to application admin_Shop_PRODUCTION';
  const offer = /create and use kim@example\.com@carbon\.super, or turn on the setting emailUsernames\.$/;
  await assert.rejects(
    world.token(form('kim@example.com')),
    refused(400, 'invalid_grant', wire, 'user_of_another_tenant'),
  );
  assert.match((await call('audit.list', { limit: 1 })).items[0]?.text ?? '', offer);
  const username = 'kim@example.com';
  await assert.rejects(call('tokens.issue', { ...world.production, username }), failing('refused', undefined, offer));
  await assert.rejects(
    call('devices.mint', { ...world.production, username, device: ['ipad'] }),
    failing('refused', undefined, offer),
  );
  await call('users.create', { username: 'kim@example.com@carbon.super', password: 'kim-secret', roles: ['admin'] });
  const token = await world.token(form('kim@example.com@carbon.super'));

  await call('settings.write', { emailUsernames: true });
  for (const typed of [
    'kim@example.com',
    'KIM@example.com',
    'kim@example.com@carbon.super',
    'PRIMARY/kim@example.com',
  ]) {
    assert.equal((await world.token(form(typed))).accessToken, token.accessToken, typed);
  }
  assert.equal((await world.token({ ...form('bob@carbon.super'), password: 'bob-secret' })).scope, 'default');
  const admin = { id: 'kim@example.com', secret: 'kim-secret' };
  assert.equal(world.introspect(token.accessToken, admin).active, true);
  // Existing users keep name and tenant, and answer to the names that lists show.
  const { items } = await call('users.list', {});
  assert.deepEqual(
    items.filter(({ username: name }) => name.startsWith('kim')).map((user) => [user.username, user.tenantDomain]),
    [
      ['kim@example.com', 'example.com'],
      ['kim@example.com@carbon.super', 'carbon.super'],
    ],
  );
  assert.equal((await call('users.setRoles', { user: 'kim@example.com', roles: ['x'] })).id, kim.id);
  await assert.rejects(call('users.create', { username, password: 'p' }), failing('conflict', 'username'));
  await assert.rejects(world.token(form('kim@example.com@example.com')), refused(400, 'invalid_grant', wire));
  const ann = await call('users.create', { username: 'ann@example.com', password: 'p' });
  assert.deepEqual(
    [ann.username, ann.tenantDomain, ann.note],
    ['ann@example.com@carbon.super', 'carbon.super', undefined],
  );
  await call('users.delete', { user: 'kim@example.com' });
  assert.match((await call('tokens.issue', { ...world.production, username })).accessToken, /^./);
  for (const bad of ['@x', 'ann@']) {
    await assert.rejects(call('users.create', { username: bad, password: 'p' }), failing('bad_input', 'username'));
  }

  await call('settings.write', { emailUsernames: false });
  await assert.rejects(world.token(form('kim@example.com')), refused(400, 'invalid_grant', wire));
  assert.equal((await world.token(form('kim@example.com@carbon.super'))).scope, 'default');
});

test("an application serves only users of its owner's tenant", async (t) => {
  const world = await openWorld(t);
  await world.call('users.create', { username: 'ann@example.com', password: 'ann-secret' });
  const ann = { ...password, username: 'ann@Example.com', password: 'ann-secret' };
  const text = 'Users in the tenant domain : example.com do not have access to application admin_Shop_PRODUCTION';
  await assert.rejects(world.token(ann), refused(400, 'invalid_grant', text));

  await world.call('applications.update', { application: 'Shop', owner: 'ann@example.com' });
  assert.equal((await world.token(ann)).reason.tuple?.user, 'ann@example.com');
  await assert.rejects(
    world.token({ ...ann, password: 'wrong' }),
    refused(400, 'invalid_grant', 'Authentication failed for ann@Example.com'),
  );
});

test('a deleted application is unknown to clients at once, and works again after an undo', async (t) => {
  const world = await openWorld(t);
  const token = await world.token(password);
  await world.call('applications.delete', { application: 'Shop' });
  const text = `A valid OAuth client could not be found for client_id: ${world.client.id}`;
  await assert.rejects(world.token(password), refused(401, 'invalid_client', text, 'application_deleted'));
  assert.throws(() => world.introspect(token.accessToken), refused(401, 'invalid_client', text));
  await assert.rejects(world.revoke({ token: token.accessToken }), refused(401, 'invalid_client', text));
  const admin = { basic: { id: 'admin', secret: 'admin-secret' } };
  assert.deepEqual(world.introspect(token.accessToken, admin), { active: false });

  await world.call('applications.restore', { application: 'Shop' });
  assert.equal(world.introspect(token.accessToken).active, true);
  assert.equal((await world.token(password)).accessToken, token.accessToken);
});

test('each reuse or refusal is recorded once, even when it is decided twice', async (t) => {
  const world = await openWorld(t);
  const form = { grant_type: 'client_credentials' };
  const parameters = new Map(Object.entries(form));
  const request = { parameters, credentials: { basic: world.client } };
  const count = () => world.decisions.newest(1000, false).length;

  const first = world.engine.oauth.token(request);
  assert.equal(first.kind, 'write');
  assert.equal(count(), 0);
  // Two racing requests see no live token. The second one finds it when it decides again.
  await world.token(form);
  assert.equal(count(), 0);
  await world.transact(() => assert.equal(world.engine.oauth.token(request).kind, 'answer'));
  assert.equal(count(), 1);

  await world.token(form);
  assert.equal(count(), 2);
  await assert.rejects(world.token({ ...form, validity_period: '0' }));
  assert.equal(count(), 3);
  const [newest] = world.decisions.newest(1, true);
  assert.deepEqual([newest?.application, newest?.keyType], ['Shop', 'PRODUCTION']);
});

test('a recorded refusal keeps at most a line of the input', async (t) => {
  const world = await openWorld(t);
  await assert.rejects(world.token(password, { basic: { id: 'x'.repeat(60_000), secret: 'x' } }));
  assert.ok(JSON.stringify(world.decisions.newest(1, true)).length < 1000);
  const scope = Array.from({ length: 300 }, (_, index) => `s${index}`).join(' ');
  const token = await world.token({ ...password, scope });
  assert.equal(token.reason.scopesDropped?.length, 50);
});

test('allowed origins come from active key sets of living applications', async (t) => {
  const world = await openWorld(t);
  const origins = () => [...world.engine.oauth.allowedOrigins()];
  assert.deepEqual(origins(), []);
  await world.call('keys.update', { ...world.production, allowedOrigins: ['https://a.test'] });
  await world.call('keys.update', { ...world.sandbox, allowedOrigins: ['https://a.test', 'https://b.test:3000'] });
  assert.deepEqual(origins(), ['https://a.test', 'https://b.test:3000']);
  const kept = world.engine.oauth.allowedOrigins();
  await world.token({ grant_type: 'client_credentials', scope: 'device_new' });
  assert.equal(world.engine.oauth.allowedOrigins(), kept, 'read once until rules change');
  await world.call('keys.revoke', world.sandbox);
  assert.deepEqual(origins(), ['https://a.test']);
  await world.call('applications.delete', { application: 'Shop' });
  assert.deepEqual(origins(), []);
});
