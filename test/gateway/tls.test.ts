import assert from 'node:assert/strict';
import { createServer } from 'node:https';
import { test } from 'node:test';
import { createCa, createLeaf } from '../../main/platform/certificates/certificate.ts';
import { ask, header, request } from '../listener/wire.ts';
import { httpBackend, listening } from './backends.ts';
import { admitting, api, serveGateway } from './serveGateway.ts';

test('an https backend is trusted by the authority or the certificate that its API names, and only by it', async (t) => {
  const { http, next } = await serveGateway(t);
  const nowMs = Date.now();
  const ca = await createCa({ installationId: 'backend', nowMs });
  const other = await createCa({ installationId: 'other', nowMs });
  const { certificatePem: cert, privateKeyPem: key } = await createLeaf({ ca, extraNames: [], nowMs });
  const secure = createServer({ cert, key }, (_, response) => response.end('secure'));
  const backend = await listening(t, secure, 'https');
  const call = async (backendCa: string | null, url = backend.url) => {
    next.decide = admitting(url, { api: { ...api, backendCa } });
    return await ask(http, request('GET /shop/1.0.0/a HTTP/1.1', {}));
  };
  const [leaf = ''] = cert.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/s) ?? [];
  for (const pem of [ca.certificatePem, leaf]) assert.equal((await call(pem)).status, 200);
  for (const pem of [null, other.certificatePem, '-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n']) {
    const refused = await call(pem);
    assert.match(refused.body, /<am:code>101503</);
    assert.match(header(refused, 'x-keyfob-reason') ?? '', /^The backend https:.* cannot be reached/);
  }
  const advice = header(await call(null), 'x-keyfob-reason');
  assert.match(advice ?? '', /Add its authority to the API \(backendCa\)\.$/);
});

test('the proxies of the environment are not used', async (t) => {
  const { http, next } = await serveGateway(t);
  const backend = await httpBackend(t, (_, response) => response.end('direct'));
  const proxy = await httpBackend(t, (_, response) => response.end('proxy'));
  const names = ['http_proxy', 'HTTP_PROXY', 'NODE_USE_ENV_PROXY'] as const;
  const before = names.map((name) => [name, process.env[name]] as const);
  t.after(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  process.env.http_proxy = proxy.url;
  process.env.HTTP_PROXY = proxy.url;
  process.env.NODE_USE_ENV_PROXY = '1';
  next.decide = admitting(backend.url);
  assert.equal((await ask(http, request('GET /shop/1.0.0/a HTTP/1.1', {}))).body, 'direct');
  assert.equal(proxy.connections(), 0);
});
