import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createCa } from '../../../main/platform/certificates/certificate.ts';
import { bundleOf, certificatesAt, systemRoots } from '../../../main/platform/certificates/roots.ts';
import { testFolder } from '../../helpers/serving.ts';

const ca = async (installationId: string) =>
  (await createCa({ installationId, nowMs: Date.UTC(2026, 0, 1) })).certificatePem.trim();

test('reads the certificates of a file or a folder, without damaged and repeated ones', async (t) => {
  const folder = testFolder(t);
  const [one, other] = [await ca('one'), await ca('other')];
  const damaged = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----';
  writeFileSync(join(folder, 'bundle.pem'), `# Company CA\n${one}\n${damaged}\n${other}\n${one}\n`);
  assert.deepEqual(certificatesAt(join(folder, 'bundle.pem')), [one, other]);
  const certificates = join(folder, 'certs');
  mkdirSync(join(certificates, 'below'), { recursive: true });
  writeFileSync(join(certificates, 'a.0'), one);
  writeFileSync(join(certificates, 'readme'), 'no certificate');
  assert.deepEqual(certificatesAt(certificates), [one]);
  assert.deepEqual(certificatesAt(join(folder, 'nosuch.pem')), []);
});

test('the roots of the system are distinct, and a bundle has each once', () => {
  const roots = systemRoots();
  assert.ok(roots.length > 10);
  assert.equal(new Set(roots).size, roots.length);
  const text = bundleOf([...roots, ...roots]);
  assert.equal(text.match(/-----BEGIN CERTIFICATE-----\n/g)?.length, roots.length);
});
