import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';

/** Texts of a file, or of all files in a folder, as OpenSSL and Python's requests accept both. */
function textsAt(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path, 'latin1')];
  const files = readdirSync(path).map((name) => join(path, name));
  return files.filter((file) => statSync(file, { throwIfNoEntry: false })?.isFile()).flatMap(textsAt);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/** The certificates in a file or folder, as PEM. Leaves out damaged ones. Empty for a path that cannot be read. */
export function certificatesAt(path: string): readonly string[] {
  try {
    const found = textsAt(path).flatMap(
      (text) => text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
    );
    return [...new Set(found)].filter(isCertificate);
  } catch {
    return [];
  }
}

/** The authorities that this system trusts, as PEM; Node's own where the system has none. */
export function systemRoots(): readonly string[] {
  const roots = getCACertificates('system');
  return [...new Set(roots.length > 0 ? roots : getCACertificates('bundled'))];
}

/** Joins certificates to the text of a bundle. */
export const bundleOf = (certificates: readonly string[]): string =>
  [...new Set(certificates.map((pem) => `${pem.trim()}\n`))].join('');
