import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import { openServingApp } from '../helpers/app.ts';
import { failing } from '../helpers/engine.ts';

let shop: Awaited<ReturnType<typeof openServingApp>>;
before(async () => {
  shop = await openServingApp();
});
after(async () => {
  assert.deepEqual(shop.faults, []);
  await shop.close();
});

const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const tester = { ...keys, username: 'tester' } as const;
const call: typeof shop.app.call = (...args) => shop.app.call(...args);
const dots = '••••••';
const members = (body: string | undefined) => JSON.parse(body ?? '');

test('a token call issues a token, masks it, and says why', async () => {
  const { status } = shop;
  const first = await call('snippets.run', { ...tester, scope: 'device_ipad' });
  assert.deepEqual([first.status, first.statusText], [200, 'OK']);
  assert.equal(first.request, `POST ${status.tokenUrl}`);
  assert.equal(first.contentType, 'application/json');
  const { access_token, refresh_token, scope, token_type } = members(first.body);
  assert.deepEqual([access_token, refresh_token, scope, token_type], [dots, dots, 'device_ipad', 'Bearer']);
  assert.match(first.why ?? '', /^New: there was no live token for user tester/);
  assert.equal(first.shownOnce, undefined);
  const again = await call('snippets.run', { ...tester, device: 'ipad' });
  assert.equal(again.tokenId, first.tokenId);
  assert.match(again.why ?? '', /^Reused: token \d+ /);

  const { accessToken } = await call('tokens.reveal', { token: String(first.tokenId) });
  assert.ok(!JSON.stringify([first, again]).includes(accessToken));
  const open = await call('snippets.run', { ...tester, device: 'ipad', reveal: true });
  assert.equal(members(open.body).access_token, accessToken);
});

test('a refused token call has the body of the endpoint and the true reason', async () => {
  await call('keys.update', { ...keys, grantTypes: ['client_credentials'] });
  const refused = await call('snippets.run', { ...tester, scope: 'device_no' });
  await call('keys.update', { ...keys, grantTypes: ['client_credentials', 'password', 'refresh_token'] });
  assert.equal(refused.status, 400);
  assert.equal(members(refused.body).error, 'unauthorized_client');
  assert.match(refused.why ?? '', /does not allow this grant type/);
  assert.equal(refused.tokenId, undefined);
});

test('introspection says what its answer means, and revocation really revokes', async () => {
  const { id } = await call('tokens.issue', { ...tester, scope: 'device_pixel' });
  const on = { ...tester, token: String(id) };
  const active = await call('snippets.run', { ...on, call: 'introspect' });
  assert.equal(members(active.body).active, true);
  assert.equal(active.usedTokenId, id);
  assert.match(
    active.why ?? '',
    new RegExp(`^Token ${id} is valid for another 1 h|^Token ${id} is valid for another 59 min`),
  );

  const revoked = await call('snippets.run', { ...on, call: 'revoke' });
  assert.equal(revoked.status, 200);
  assert.equal(revoked.why, `Token ${id} was revoked.`);
  const secret = revoked.headers.find(({ name }) => name === 'RevokedAccessToken');
  assert.equal(secret?.value, dots);
  assert.equal((await call('tokens.read', { token: String(id) })).state, 'REVOKED');

  const inactive = await call('snippets.run', { ...on, call: 'introspect' });
  assert.deepEqual(members(inactive.body), { active: false });
  assert.match(inactive.why ?? '', new RegExp(`^Token ${id} is REVOKED\\. Revoked on request`));
});

test('a refresh names the new token', async () => {
  const { id } = await call('tokens.issue', { ...tester, scope: 'device_phone' });
  const ran = await call('snippets.run', { ...tester, call: 'refresh', token: String(id) });
  assert.equal(ran.status, 200);
  assert.notEqual(ran.tokenId, id);
  assert.equal((await call('tokens.read', { token: String(id) })).state, 'INACTIVE');
  assert.match(ran.why ?? '', /^New: refreshed/);
});

test('what cannot be called is refused, and says what to do', async () => {
  const { id } = await call('tokens.issue', keys);
  const api = { ...keys, call: 'api', token: String(id) } as const;
  for (const url of ['https://api.example.com/', 'http://192.0.2.1/', 'https://api.example.com\\@localhost/']) {
    await assert.rejects(call('snippets.run', { ...api, url }), failing('bad_input', 'url', /calls this machine only/));
  }
  await assert.rejects(call('snippets.run', { ...tester, device: 'none', call: 'introspect' }), failing('not_found'));
  await call('endpoint.stop', {});
  await assert.rejects(call('snippets.run', tester), failing('call_failed', undefined, /The endpoint is stopped/));
  await assert.rejects(call('devices.verify', tester), failing('call_failed', undefined, /The endpoint is stopped/));
  shop = { ...shop, status: await shop.app.endpoint.start({ port: shop.status.port, httpPort: null }) };
  await assert.rejects(
    call('snippets.run', { ...api, url: 'http://localhost:1/' }),
    failing('call_failed', undefined, /Nothing listens at localhost:1/),
  );
});

test('the values of a token that is stored as a hash come once', async (t) => {
  await call('settings.write', { tokenPersistence: 'hashed' });
  t.after(() => call('settings.write', { tokenPersistence: 'encrypted' }));
  const ran = await call('snippets.run', { ...tester, scope: 'device_hashed' });
  assert.equal(members(ran.body).access_token, dots);
  const { accessToken = '', refreshToken, scope } = ran.shownOnce ?? {};
  assert.ok(accessToken.length >= 28 && refreshToken !== undefined);
  assert.equal(scope, 'device_hashed');
  const introspect = { ...tester, call: 'introspect' } as const;
  await assert.rejects(
    call('snippets.run', { ...introspect, token: String(ran.tokenId) }),
    failing('token_value_not_kept', undefined, /Name the token by its value/),
  );
  assert.equal(members((await call('snippets.run', { ...introspect, token: accessToken })).body).active, true);
});

test('a call to an API shows its reason, and masks a token that comes back', async (t) => {
  const server = createServer((request, response) => {
    response.writeHead(403, { 'X-Keyfob-Reason': 'scope dropped' }).end(`you sent ${request.headers.authorization}`);
  });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}/orders`;
  await call('tokens.issue', keys);
  const ran = await call('snippets.run', { ...keys, call: 'api', url, method: 'DELETE' });
  assert.deepEqual([ran.request, ran.status, ran.why], [`DELETE ${url}`, 403, 'scope dropped']);
  assert.equal(ran.body, `you sent Bearer ${dots}`);
});

test('without a URL, a call goes to the API echo, and the reason comes from the gateway', async () => {
  const { items } = await call('devices.mint', { ...tester, device: ['desk'] });
  const api = { ...tester, device: 'desk', call: 'api' } as const;
  const accepted = await call('snippets.run', api);
  assert.equal(accepted.request, `GET https://localhost:${shop.status.port}/echo/1.0/`);
  assert.equal(members(accepted.body).caller.device, 'desk');
  const token = String(items[0]?.id);
  await call('tokens.revoke', { token });
  const refused = await call('snippets.run', { ...api, token });
  assert.equal(refused.status, 401);
  assert.match(refused.why ?? '', /^Revoked at /);
  const { items: verified } = await call('devices.verify', { ...tester, tokens: [Number(token)] });
  assert.match(verified[0]?.text ?? '', /^refused with 401: Revoked at /);
});

test('verify calls with the newest token of each device, and says which is refused and why', async (t) => {
  let running = 0;
  let most = 0;
  /** The first replies wait until six requests are there. */
  let held: (() => void)[] | undefined = [];
  const refused = new Set<string>();
  const server = createServer((request, response) => {
    running += 1;
    most = Math.max(most, running);
    const token = (request.headers.authorization ?? '').replace('Bearer ', '');
    const answer = () => {
      running -= 1;
      response.writeHead(refused.has(token) ? 401 : 200).end();
    };
    if (held === undefined) return answer();
    if (held.push(answer) < 6) return;
    for (const late of held) late();
    held = undefined;
  });
  server.listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;

  await call('users.create', { username: 'fleet', password: 'fleet-secret' });
  const fleet = { ...keys, username: 'fleet' } as const;
  await assert.rejects(call('devices.verify', { ...fleet, url }), failing('not_found', 'device', /Mint some first/));
  const device = Array.from({ length: 20 }, (_, at) => `d${at}`);
  const { items: minted } = await call('devices.mint', { ...fleet, device });
  const [old] = minted;
  await call('devices.revoke', { ...fleet, device: 'd0' });
  await call('devices.revoke', { ...fleet, device: 'd1' });
  const { items: renewed } = await call('devices.mint', { ...fleet, device: ['d0'] });
  for (const { accessToken, device: name } of minted) if (name === 'd1') refused.add(accessToken);

  const steps: number[] = [];
  const verified = await call('devices.verify', { ...fleet, url }, { onProgress: ({ done }) => steps.push(done) });
  assert.equal(verified.url, url);
  assert.equal(verified.items.length, 20);
  assert.deepEqual(steps.at(-1), 20);
  assert.equal(most, 6);
  const byDevice = new Map(verified.items.map((item) => [item.device, item]));
  assert.equal(byDevice.get('d0')?.tokenId, renewed[0]?.id);
  assert.deepEqual(byDevice.get('d2'), {
    ...{ device: 'd2', tokenId: minted[2]?.id, status: 200, ok: true, text: 'answered 200', state: 'ACTIVE' },
  });
  const { text, retiredAtMs, ...gone } = byDevice.get('d1') ?? assert.fail();
  assert.deepEqual(gone, { device: 'd1', tokenId: minted[1]?.id, status: 401, ok: false, state: 'REVOKED' });
  assert.match(text, /^refused with 401: Token \d+ is REVOKED\. Revoked on request/);
  assert.ok(retiredAtMs !== undefined);

  const named = await call('devices.verify', { ...fleet, url, tokens: [old?.id ?? 0] });
  assert.deepEqual(
    named.items.map(({ tokenId, state }) => [tokenId, state]),
    [[old?.id, 'REVOKED']],
  );
  const stopping = new AbortController();
  const stopped = call(
    'devices.verify',
    { ...fleet, url },
    {
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    },
  );
  await assert.rejects(stopped, failing('cancelled'));
});
