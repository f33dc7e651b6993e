import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { createSigningCertificate } from '../../main/platform/certificates/certificate.ts';
import { jwkOf, signJws, verifyJws } from '../../main/platform/jws.ts';

for (const alg of ['ES256', 'RS256'] as const) {
  test(`a foreign library verifies what ${alg} signs, and names the key alike`, async () => {
    const { certificatePem, privateKeyPem } = await createSigningCertificate(alg, Date.now());
    const privateKey = createPrivateKey(privateKeyPem);
    const jwk = jwkOf(alg, certificatePem);
    const { kid, ...rest } = jwk;
    assert.deepEqual([rest.use, rest.alg], ['sig', alg]);
    assert.equal(kid, await calculateJwkThumbprint({ ...jwk }));
    assert.ok(!('d' in jwk));

    const jws = signJws({ typ: 'at+jwt', alg, kid }, { sub: 'kim', name: 'Ünal "€"' }, privateKey);
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK({ ...jwk }));
    assert.deepEqual(JSON.parse(Buffer.from(payload).toString()), { sub: 'kim', name: 'Ünal "€"' });
    assert.deepEqual(protectedHeader, { typ: 'at+jwt', alg, kid });

    assert.equal(verifyJws(jws, jwk), true);
    const { certificatePem: other } = await createSigningCertificate(alg, Date.now());
    assert.equal(verifyJws(jws, jwkOf(alg, other)), false);
    assert.equal(verifyJws(jws.replace('.', '.e30'), jwk), false);
    assert.equal(verifyJws('', jwk), false);
  });
}

test('signatures with short numbers have the width of JWS, and verify', async () => {
  const { certificatePem, privateKeyPem } = await createSigningCertificate('ES256', Date.now());
  const key = createPrivateKey(privateKeyPem);
  const jwk = jwkOf('ES256', certificatePem);
  let short = 0;
  // One number in 256 starts with a zero byte, so this finishes after about 128 signatures for each one.
  for (let jti = 0; short < 8; jti += 1) {
    const jws = signJws({ alg: 'ES256', kid: jwk.kid }, { jti }, key);
    const signature = Buffer.from(jws.slice(jws.lastIndexOf('.') + 1), 'base64url');
    assert.equal(signature.length, 64);
    assert.ok(verifyJws(jws, jwk));
    if (signature[0] === 0 || signature[32] === 0) short += 1;
  }
});
