import { createPublicKey, X509Certificate } from 'node:crypto';

/** A key that signs JWTs for backends. */
export interface SigningKey {
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

/** WSO2's thumbprint: base64 of the hexadecimal SHA-1, and not of its bytes (gateway reference 11). */
export const thumbprintOf = (certificatePem: string): string => {
  const { fingerprint } = new X509Certificate(certificatePem);
  return Buffer.from(fingerprint.replaceAll(':', '').toLowerCase()).toString('base64');
};

/** WSO2's key id in 4.x: issuer and serial number. */
export const keyIdOf = (certificatePem: string): string => {
  const { issuer, serialNumber } = new X509Certificate(certificatePem);
  return Buffer.from(`${issuer}#${BigInt(`0x${serialNumber}`)}`).toString('base64url');
};

/** Gives the public key as a JWK Set. https://www.rfc-editor.org/rfc/rfc7517 */
export const keySetOf = (certificatePem: string): string => {
  const key = createPublicKey(certificatePem).export({ format: 'jwk' });
  return JSON.stringify({ keys: [{ ...key, kid: keyIdOf(certificatePem), use: 'sig', alg: 'RS256' }] });
};
