import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { basename } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { EndpointControl } from '../engine/ports/endpoint.ts';
import type { Certificate } from '../listener/serverFactory.ts';
import { createCa, createLeaf, leafNeedsRenewal } from '../platform/certificates/certificate.ts';
import { certificateNames } from '../platform/certificates/names.ts';
import type { Certificates } from '../store/certificates.ts';
import { writePrivateFile } from '../system/privateFile.ts';

export interface CertificateParts {
  readonly certificates: Certificates;
  readonly submit: <T>(work: () => T) => Promise<T>;
  readonly installationId: () => string;
  readonly realTimeMs: () => number;
  /** The file of the authority's certificate, for `curl --cacert`. It is rewritten with each new authority. */
  readonly caFile: string;
  /** Called when that file held another authority's certificate. */
  readonly onError: (error: unknown) => void;
  /** Names that a new authority may certify in addition to local ones. */
  readonly moreNames: readonly string[];
}

/** Creates, seals and renews this installation's certificate authority and the endpoint's certificate. */
export interface CertificateKeeper {
  /** Creates the authority and its file if they do not exist. */
  ensureCa(): Promise<void>;
  /** The endpoint's certificate for Keyfob's own names and these. Throws `name_not_permitted`. */
  serverCertificate(extraNames: readonly string[]): Promise<Certificate>;
  /** The authority. Throws `not_found` before the vault was first opened. */
  ca: EndpointControl['ca'];
}

/** Creates the keeper. Nothing is created or read before the first call. */
export const createCertificateKeeper = (parts: CertificateParts): CertificateKeeper => {
  const { certificates, submit, realTimeMs, caFile, onError, moreNames } = parts;

  const ensureCa = async () => {
    let ca = certificates.newest('ca');
    if (ca === undefined) {
      const created = await createCa({ installationId: parts.installationId(), nowMs: realTimeMs(), moreNames });
      const { certificatePem: certificate, privateKeyPem, notAfterMs } = created;
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
      if (
        leaf &&
        !leafNeedsRenewal({ leafPem: leaf.certificate, caPem: ca.certificate, extraNames, nowMs, moreNames })
      ) {
        const keyPem = certificates.revealPrivateKey(leaf.id);
        return { keyPem, certificatePem: leaf.certificate, endsAtMs: leaf.notAfterMs };
      }
      const authority = { certificatePem: ca.certificate, privateKeyPem: certificates.revealPrivateKey(ca.id) };
      const created = await createLeaf({ ca: authority, extraNames, nowMs, moreNames });
      const { certificatePem: certificate, privateKeyPem, notAfterMs } = created;
      const names = certificateNames(extraNames, moreNames);
      await submit(() => certificates.insert({ kind: 'leaf', certificate, names, notAfterMs }, privateKeyPem));
      return { keyPem: privateKeyPem, certificatePem: certificate, endsAtMs: notAfterMs };
    },
    ca() {
      const ca = certificates.newest('ca');
      if (ca === undefined) {
        throw new KeyfobError('not_found', 'There is no certificate authority yet. Open the vault to create it.');
      }
      const { fingerprint256: fingerprintSha256 } = new X509Certificate(ca.certificate);
      return { pem: ca.certificate, fingerprintSha256, endsAtMs: ca.notAfterMs, caFile };
    },
  };
};

/** Undefined for a file that does not hold a certificate. */
function fingerprintOf(pem: string): string | undefined {
  try {
    return new X509Certificate(pem).fingerprint256;
  } catch {
    return undefined;
  }
}

/** Renames the file of another database's authority instead of replacing it, because programs trust it. Gives a message about that. */
function setAside(caFile: string, fingerprint: string): KeyfobError {
  const kept = `${caFile}.before-${fingerprint.replaceAll(':', '').slice(0, 8).toLowerCase()}`;
  renameSync(caFile, kept);
  const name = basename(caFile);
  return new KeyfobError(
    'conflict',
    `${name} belonged to another certificate authority, and was renamed to ${basename(kept)}. Programs that trusted it have to trust the new ${name}.`,
  );
}
