import { type KeyObject, X509Certificate } from 'node:crypto';

/** The RSA key that signs JWTs for backends. */
export interface SigningKey {
  /** Its name in the published keys. */
  readonly kid: string;
  readonly certificatePem: string;
  readonly privateKey: KeyObject;
}

/** WSO2's thumbprint: base64 of the hexadecimal SHA-1, and not of its bytes (gateway reference 11). */
export const thumbprintOf = (certificatePem: string): string => {
  const { fingerprint } = new X509Certificate(certificatePem);
  return Buffer.from(fingerprint.replaceAll(':', '').toLowerCase()).toString('base64');
};
