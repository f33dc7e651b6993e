import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { before, test } from 'node:test';
import { connect } from 'node:tls';
import 'reflect-metadata';
import * as x509 from '@peculiar/x509';
import {
  type Certificate,
  createCa,
  createLeaf,
  leafNeedsRenewal,
} from '../../../main/platform/certificates/certificate.ts';

const dayMs = 86_400_000;
const installationId = '0f8fad5b-d9cb-469f-a165-70867728950e';
const nowMs = Date.now();
let ca: Certificate;
let otherCa: Certificate;
before(async () => {
  ca = await createCa({ installationId, nowMs });
  otherCa = await createCa({ installationId, nowMs });
});

/** Connects with a TLS client that trusts only our authority. Gives why it refuses the certificate, or undefined. */
async function refusal(leaf: Pick<Certificate, 'certificatePem' | 'privateKeyPem'>, host: string, name = host) {
  const server = createServer({ cert: leaf.certificatePem, key: leaf.privateKeyPem });
  server.listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const isAddress = /^[\d.]+$|:/.test(name);
  const socket = connect({ host, port, ca: ca.certificatePem, ...(isAddress ? {} : { servername: name }) });
  try {
    await once(socket, 'secureConnect');
    return undefined;
  } catch (error) {
    return (error as Error).message;
  } finally {
    socket.destroy();
    server.close();
  }
}

/** A certificate that a thief of the authority's key could sign. */
async function forge(name: x509.JsonGeneralName) {
  const curve = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = await crypto.subtle.generateKey(curve, true, ['sign', 'verify']);
  const stolen = createPrivateKey(ca.privateKeyPem).export({ type: 'pkcs8', format: 'der' });
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=forged',
    issuer: new x509.X509Certificate(ca.certificatePem).subject,
    notBefore: new Date(nowMs - dayMs / 24),
    notAfter: new Date(nowMs + dayMs),
    publicKey: keys.publicKey,
    signingKey: await crypto.subtle.importKey('pkcs8', stolen, curve, false, ['sign']),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [new x509.SubjectAlternativeNameExtension([name])],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificatePem: certificate.toString('pem'), privateKeyPem: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}

test('the authority can sign leaves only, and has critical name constraints', () => {
  const authority = new X509Certificate(ca.certificatePem);
  assert.equal(authority.ca, true);
  assert.equal(authority.subject, 'CN=Keyfob CA 0f8fad5b');
  assert.equal(authority.verify(authority.publicKey), true);
  assert.equal(authority.fingerprint256, ca.fingerprintSha256);
  assert.equal(authority.validToDate.getTime(), ca.notAfterMs);
  assert.ok(ca.notAfterMs > nowMs + 3640 * dayMs);

  const { extensions } = new x509.X509Certificate(ca.certificatePem);
  const critical = Array.from(extensions).flatMap((extension) => (extension.critical ? [extension.type] : []));
  assert.deepEqual(critical, ['2.5.29.19', '2.5.29.15', '2.5.29.30']);
  const [constraints, usage] = extensions as [x509.BasicConstraintsExtension, x509.KeyUsagesExtension];
  assert.equal(constraints.pathLength, 0);
  assert.equal(usage.usages, x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign);
});

test('each authority has its own key', () => {
  assert.notEqual(ca.privateKeyPem, otherCa.privateKeyPem);
  assert.notEqual(ca.fingerprintSha256, otherCa.fingerprintSha256);
});

test('a leaf covers our own names, for TLS servers, for at most 397 days', async () => {
  const leaf = await createLeaf({ ca, extraNames: [], nowMs });
  const certificate = new X509Certificate(leaf.certificatePem);
  assert.equal(certificate.ca, false);
  assert.equal(certificate.checkIssued(new X509Certificate(ca.certificatePem)), true);
  assert.deepEqual(certificate.keyUsage, ['1.3.6.1.5.5.7.3.1']);
  assert.ok(certificate.validFromDate.getTime() < nowMs);
  assert.ok(leaf.notAfterMs - certificate.validFromDate.getTime() <= 397 * dayMs);
  assert.ok(leaf.notAfterMs > nowMs + 390 * dayMs);
  assert.match(leaf.privateKeyPem, /^-----BEGIN PRIVATE KEY-----\n/);
  assert.ok(certificate.checkPrivateKey(createPrivateKey(leaf.privateKeyPem)));
});

test('a leaf never expires after its authority', async () => {
  const leaf = await createLeaf({ ca, extraNames: [], nowMs: ca.notAfterMs - 10 * dayMs });
  assert.equal(leaf.notAfterMs, ca.notAfterMs);
});

for (const host of ['localhost', '127.0.0.1', '::1']) {
  test(`a TLS client that trusts only our authority accepts ${host}`, async () => {
    assert.equal(await refusal(await createLeaf({ ca, extraNames: [], nowMs }), host), undefined);
  });
}

test('a leaf covers the extra names and no others', async () => {
  const leaf = await createLeaf({ ca, extraNames: ['phone.test', '192.168.1.20', 'fd00::1'], nowMs });
  assert.equal(await refusal(leaf, '127.0.0.1', 'phone.test'), undefined);
  assert.match((await refusal(leaf, '127.0.0.1', 'other.test')) ?? '', /altnames/);
  const certificate = new X509Certificate(leaf.certificatePem);
  assert.equal(certificate.checkIP('192.168.1.20'), '192.168.1.20');
  assert.equal(certificate.checkIP('fd00::1'), 'fd00::1');
});

test('refuses to sign a name outside the constraints', async () => {
  await assert.rejects(createLeaf({ ca, extraNames: ['example.com'], nowMs }), { code: 'name_not_permitted' });
});

test("clients refuse a leaf of another installation's authority", async () => {
  const leaf = await createLeaf({ ca: otherCa, extraNames: [], nowMs });
  assert.match((await refusal(leaf, 'localhost')) ?? '', /^unable to verify the first certificate/);
});

test('with a stolen key, clients refuse names outside the constraints and accept names inside', async () => {
  const forged = async (type: 'dns' | 'ip', value: string) =>
    refusal(await forge({ type, value }), '127.0.0.1', type === 'dns' ? value : '127.0.0.1');
  assert.equal(await forged('dns', 'example.com'), 'permitted subtree violation');
  assert.equal(await forged('dns', 'mytest'), 'permitted subtree violation');
  assert.equal(await forged('ip', '8.8.8.8'), 'permitted subtree violation');
  assert.equal(await forged('ip', '2001:db8::1'), 'permitted subtree violation');
  assert.equal(await forged('dns', 'a.b.internal'), undefined);
});

test('renews a leaf near its end, before its start, for other names, and for another authority', async () => {
  const extraNames = ['phone.test', '192.168.1.20'];
  const leaf = await createLeaf({ ca, extraNames, nowMs });
  const needs = (change: Partial<Parameters<typeof leafNeedsRenewal>[0]>) =>
    leafNeedsRenewal({ leafPem: leaf.certificatePem, caPem: ca.certificatePem, extraNames, nowMs, ...change });
  assert.equal(needs({}), false);
  assert.equal(needs({ extraNames: ['192.168.1.20', 'PHONE.test', 'localhost'] }), false);
  assert.equal(needs({ nowMs: leaf.notAfterMs - 31 * dayMs }), false);
  assert.equal(needs({ nowMs: leaf.notAfterMs - 29 * dayMs }), true);
  assert.equal(needs({ nowMs: nowMs - dayMs }), true);
  assert.equal(needs({ extraNames: ['phone.test'] }), true);
  assert.equal(needs({ extraNames: ['phone.test', '192.168.1.21'] }), true);
  assert.equal(needs({ extraNames: [...extraNames, 'more.test'] }), true);
  assert.equal(needs({ caPem: otherCa.certificatePem }), true);
});
