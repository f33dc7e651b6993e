import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { openServingApp } from '../helpers/app.ts';
import { until } from '../helpers/until.ts';
import { ask, basic, connect, formType, header, request, whenClosed } from '../listener/wire.ts';

test('a token opens the echo, which answers who called and what arrived', async (t) => {
  const served = await openServingApp();
  t.after(served.close);
  const { app, consumerKey, consumerSecret, status, faults } = served;
  const http = { port: status.httpPort ?? 0 };
  await app.call('apis.create', { name: 'hello', version: '1.0', context: '/hello', open: true });
  const issued = await ask(
    http,
    request(
      'POST /token HTTP/1.1',
      { Authorization: basic(consumerKey, consumerSecret), 'Content-Type': formType },
      'grant_type=password&username=tester&password=s3cret&scope=device_ipad',
    ),
  );
  const { access_token: token } = JSON.parse(issued.body);
  const authorized = { Authorization: `Bearer ${token}` };

  await t.test('only at its own path; others are unknown, however they resemble the endpoint', async () => {
    const lines = ['POST /', 'POST /token/', 'POST /TOKEN', 'POST //token', 'POST /oauth2/../token', 'OPTIONS *'];
    for (const line of [...lines, 'POST http://localhost', 'POST https://127.0.0.1:1', 'GET /hello/1.01/a']) {
      const reply = await ask(http, request(`${line} HTTP/1.1`, { ...authorized, Accept: 'application/json' }));
      assert.equal(reply.status, 404, line);
      assert.match(reply.body, /<am:description>The requested resource is not available\.</, line);
    }
  });
  await t.test('as JSON, without the token', async () => {
    const reply = await ask(http, request('POST /hello/1.0/a?b=c HTTP/1.1', { ...authorized, 'X-Own': '1' }, 'body é'));
    assert.equal(reply.status, 200);
    assert.equal(header(reply, 'content-type'), 'application/json; charset=UTF-8');
    const { tokenId, secondsLeft, ...caller } = JSON.parse(reply.body).caller;
    assert.deepEqual(caller, {
      application: 'Shop',
      keyType: 'PRODUCTION',
      user: 'tester@carbon.super',
      userType: 'APPLICATION_USER',
      device: 'ipad',
      scopes: ['device_ipad'],
      subscriptionTier: 'Unlimited',
    });
    assert.equal((await app.call('tokens.read', { token })).id, tokenId);
    assert.ok(secondsLeft > 3500 && secondsLeft <= 3600);
    assert.deepEqual(JSON.parse(Buffer.from(reply.body, 'latin1').toString()).request, {
      method: 'POST',
      path: '/hello/1.0/a',
      resourcePath: '/a',
      query: 'b=c',
      headers: { Host: 'localhost', 'Content-Length': '7', 'X-Own': '1' },
      body: { bytes: 7, text: 'body é' },
    });
    assert.ok(!reply.body.includes(token));
  });
  await t.test('as XML if the client prefers it', async () => {
    const accept = 'text/html, application/xml;q=0.9, application/json;q=0.1';
    const reply = await ask(http, request('GET /hello/1.0/a?b=%3C&c HTTP/1.1', { ...authorized, Accept: accept }));
    assert.equal(header(reply, 'content-type'), 'application/xml; charset=UTF-8');
    assert.match(reply.body, /^<echo><caller><application>Shop<\/application>/);
    assert.match(reply.body, /<query>b=%3C&amp;c<\/query><headers><header name="Host">localhost<\/header>/);
  });
  await t.test('as SOAP for a SOAP request', async () => {
    const soap = { ...authorized, 'Content-Type': 'application/soap+xml' };
    const reply = await ask(http, request('POST /hello/1.0/a HTTP/1.1', soap, '<a/>'));
    assert.equal(header(reply, 'content-type'), 'application/soap+xml; charset=UTF-8');
    assert.match(reply.body, /^<soapenv:Envelope [^>]*2003\/05\/soap-envelope"><soapenv:Body><echo>/);
    assert.match(reply.body, /<text>&lt;a\/&gt;<\/text>/);
  });
  await t.test('a large or binary body is counted, and kept in part', async () => {
    const large = await ask(http, request('PUT /hello/1.0/a HTTP/1.1', authorized, 'x'.repeat(3_000_000)));
    const { bytes, text, truncated } = JSON.parse(large.body).request.body;
    assert.deepEqual([bytes, text.length, truncated], [3_000_000, 65_536, true]);
    const head = request('PUT /hello/1.0/a HTTP/1.1', { ...authorized, 'Content-Length': '2' });
    const binary = await ask(http, Buffer.concat([Buffer.from(head), Buffer.from([0xff, 0x00])]));
    assert.deepEqual(JSON.parse(binary.body).request.body, { bytes: 2, base64: '/wA=' });
  });
  await t.test('a client that leaves within its body is no error', async () => {
    const socket = await connect(http);
    socket.write(request('PUT /hello/1.0/a HTTP/1.1', { ...authorized, 'Content-Length': '9' }, 'part'));
    socket.end();
    await whenClosed(socket.resume());
    const newest = async () => (await app.call('requests.list', { limit: 1 })).items[0];
    await until('the row of the request', async () => (await newest())?.status === 499);
    assert.equal((await newest())?.why, 'The client closed the connection before it got a reply.');
  });
  await t.test('the token stays by setting', async () => {
    await app.call('settings.write', { removeOAuthHeaders: false });
    const reply = await ask(http, request('GET /hello/1.0/a HTTP/1.1', authorized));
    assert.equal(JSON.parse(reply.body).request.headers.Authorization, `Bearer ${token}`);
    await app.call('settings.write', { removeOAuthHeaders: true });
  });
  await t.test('HEAD gives the headers only', async () => {
    const reply = await ask(http, request('HEAD /hello/1.0/a HTTP/1.1', authorized));
    assert.equal(reply.status, 200);
    assert.ok(Number(header(reply, 'content-length')) > 100);
  });
  await t.test('curl gets a 100 before it sends a large body', async () => {
    const url = `https://localhost:${status.port}/hello/1.0/a`;
    const expect = ['-H', 'Expect: 100-continue', '--data-binary', 'x'.repeat(2000)];
    const { stdout, stderr } = await promisify(execFile)('curl', [
      ...['-sv', '--cacert', status.caFile, '-H', `Authorization: Bearer ${token}`, ...expect, url],
    ]);
    assert.match(stderr, /< HTTP\/1.1 100 Continue/);
    assert.equal(JSON.parse(stdout).request.body.bytes, 2000);
  });
  await t.test('a revoked token gets WSO2’s fault, and its reason', async () => {
    await app.call('tokens.revoke', { token });
    const reply = await ask(http, request('GET /hello/1.0/a HTTP/1.1', authorized));
    assert.equal(reply.status, 401);
    assert.match(reply.body, /<ams:code>900901<\/ams:code>/);
    assert.match(header(reply, 'x-keyfob-reason') ?? '', /revoked/i);
  });
  assert.deepEqual(faults, []);
});
