import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { EndpointControl } from '../engine/ports/endpoint.ts';
import type { Certificate } from '../listener/serverFactory.ts';
import { leafNeedsRenewal, makeCa, makeLeaf } from '../platform/certificate.ts';
import { certificateNames } from '../platform/names.ts';
import type { Certificates } from '../store/certificates.ts';
import { writePrivateFile } from '../system/privateFile.ts';

export interface CertificateParts {
  readonly certificates: Certificates;
  readonly submit: <T>(work: () => T) => Promise<T>;
  readonly installationId: () => string;
  readonly realTimeMs: () => number;
  /** Where the authority's certificate lies for `curl --cacert`; written anew when it is made. */
  readonly caFile: string;
  /** Hears of another authority's certificate at that place. */
  readonly onError: (error: unknown) => void;
}

/** This installation's authority and the endpoint's certificate: made once, kept sealed, renewed when needed. */
export interface CertificateKeeper {
  /** Makes the authority if there is none, and its file if that is gone. */
  ensureCa(): Promise<void>;
  /** A certificate for our own names and these. Throws `name_not_permitted`. */
  serverCertificate(extraNames: readonly string[]): Promise<Certificate>;
  /** Throws `not_found` before the vault was first opened. */
  ca: EndpointControl['ca'];
}

export const createCertificateKeeper = (parts: CertificateParts): CertificateKeeper => {
  const { certificates, submit, realTimeMs, caFile, onError } = parts;

  const ensureCa = async () => {
    let ca = certificates.newest('ca');
    if (ca === undefined) {
      const made = await makeCa({ installationId: parts.installationId(), nowMs: realTimeMs() });
      const { certificatePem: certificate, privateKeyPem, notAfterMs } = made;
      ca = await submit(() => certificates.insert({ kind: 'ca', certificate, names: [], notAfterMs }, privateKeyPem));
    }
    const found = existsSync(caFile) ? readFileSync(caFile, 'utf8') : undefined;
    if (found === ca.certificate) return ca;
    const other = found === undefined ? undefined : fingerprintOf(found);
    if (other !== undefined && other !== fingerprintOf(ca.certificate)) onError(setAside(caFile, other));
    writePrivateFile(caFile, ca.certificate, { mode: 0o644 });
    return ca;
  };

  return {
    async ensureCa() {
      await ensureCa();
    },
    async serverCertificate(extraNames) {
      const ca = await ensureCa();
      const nowMs = realTimeMs();
      const leaf = certificates.newest('leaf');
      if (leaf && !leafNeedsRenewal({ leafPem: leaf.certificate, caPem: ca.certificate, extraNames, nowMs })) {
        const keyPem = certificates.revealPrivateKey(leaf.id);
        return { keyPem, certificatePem: leaf.certificate, endsAtMs: leaf.notAfterMs };
      }
      const authority = { certificatePem: ca.certificate, privateKeyPem: certificates.revealPrivateKey(ca.id) };
      const made = await makeLeaf({ ca: authority, extraNames, nowMs });
      const { certificatePem: certificate, privateKeyPem, notAfterMs } = made;
      const names = certificateNames(extraNames);
      await submit(() => certificates.insert({ kind: 'leaf', certificate, names, notAfterMs }, privateKeyPem));
      return { keyPem: privateKeyPem, certificatePem: certificate, endsAtMs: notAfterMs };
    },
    ca() {
      const ca = certificates.newest('ca');
      if (ca === undefined) {
        throw new KeyfobError('not_found', 'There is no certificate authority yet; open the vault to make it.');
      }
      const { fingerprint256: fingerprintSha256 } = new X509Certificate(ca.certificate);
      return { pem: ca.certificate, fingerprintSha256, endsAtMs: ca.notAfterMs, caFile };
    },
  };
};

/** Nothing of a file that holds no certificate. */
function fingerprintOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return undefined;
  }
}

/** Keeps the certificate of another authority than this database's, and says so: programs trust it. */
function setAside(caFile: string, fingerprint: string): KeyfobError {
  const kept = `${caFile}.before-${fingerprint.replaceAll(':', '').slice(0, 8).toLowerCase()}`;
  renameSync(caFile, kept);
  const name = basename(caFile);
  return new KeyfobError(
    'conflict',
    `${name} was of another certificate authority than that of this database, and is kept as ${basename(kept)}; programs that trusted it have to trust ${name} again.`,
  );
}
