import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCa } from '../../../main/platform/certificates/certificate.ts';
import { createTrustStore, trustStorePassword } from '../../../main/platform/certificates/pkcs12.ts';
import { systemRoots } from '../../../main/platform/certificates/roots.ts';
import { testFolder } from '../../helpers/serving.ts';

const run = (command: string, args: readonly string[]) => spawnSync(command, args, { encoding: 'utf8' });
const fingerprints = (pems: readonly string[]) => pems.map((pem) => new X509Certificate(pem).fingerprint256).sort();

const ownCa = async () => (await createCa({ installationId: '0b2f6c1e', nowMs: Date.UTC(2026, 0, 1) })).certificatePem;

test('OpenSSL reads each certificate of a trust store once, and its MAC needs the password', async (t) => {
  const file = join(testFolder(t), 'truststore.p12');
  const ca = await ownCa();
  const roots = systemRoots();
  writeFileSync(file, createTrustStore([ca, ...roots, ca]));
  const read = run('openssl', ['pkcs12', '-in', file, '-nokeys', '-passin', `pass:${trustStorePassword}`]);
  assert.equal(read.status, 0, read.stderr);
  const found = read.stdout.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  assert.deepEqual(fingerprints(found), fingerprints([ca, ...roots]));
  const wrong = run('openssl', ['pkcs12', '-in', file, '-nokeys', '-passin', 'pass:other']);
  assert.notEqual(wrong.status, 0);
  assert.match(wrong.stderr, /Mac verify error/i);
});

test("Java's keytool reads a trust store: every certificate is a trusted one", async (t) => {
  if (!existsSync('/usr/bin/keytool')) {
    t.diagnostic('Java is not installed, so its keytool read nothing.');
    return;
  }
  const file = join(testFolder(t), 'truststore.p12');
  const ca = await ownCa();
  const roots = systemRoots().slice(0, 3);
  writeFileSync(file, createTrustStore([ca, ...roots]));
  const args = ['-J-Duser.language=en', '-list', '-v', '-keystore', file, '-storetype', 'PKCS12'];
  const { status, stdout, stderr } = run('/usr/bin/keytool', [...args, '-storepass', trustStorePassword]);
  assert.equal(status, 0, stdout + stderr);
  assert.equal(stdout.match(/Entry type: trustedCertEntry/g)?.length, 4);
  const found = [...stdout.matchAll(/SHA256: ([\dA-F:]{95})/g)].map(([, hex]) => hex).sort();
  assert.deepEqual(found, fingerprints([ca, ...roots]));
  assert.notEqual(run('/usr/bin/keytool', [...args, '-storepass', 'another']).status, 0);
});
