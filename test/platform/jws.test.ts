import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { test } from 'node:test';
import { calculateJwkThumbprint, compactVerify, importJWK } from 'jose';
import { createSigningCertificate } from '../../main/platform/certificate.ts';
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
