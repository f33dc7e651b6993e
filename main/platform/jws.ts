import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
  X509Certificate,
} from 'node:crypto';
import type { SigningAlgorithm } from '../../preload/contract/values.ts';
import type { Jwk } from '../engine/ports/signer.ts';

/** JWS has the two numbers of an ECDSA signature, and not their DER (https://www.rfc-editor.org/rfc/rfc7518#section-3.4). */
const dsaEncoding = 'ieee-p1363';

/** The thumbprint of a public key. https://www.rfc-editor.org/rfc/rfc7638#section-3.2 */
const thumbprintOf = ({ kty, crv, x, y, n, e }: Readonly<Record<string, unknown>>): string => {
  const members = kty === 'EC' ? { crv, kty, x, y } : { e, kty, n };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
};

/** The public key of a certificate (PEM) as a JWK. */
export const jwkOf = (algorithm: SigningAlgorithm, certificatePem: string): Jwk => {
  const { kty = '', ...members } = createPublicKey(certificatePem).export({ format: 'jwk' });
  return { kty, use: 'sig', alg: algorithm, kid: thumbprintOf({ kty, ...members }), ...members };
};

/** Whether a certificate and a private key (PEM) belong together, and to this algorithm and thumbprint. */
export const isKeyPair = (
  algorithm: SigningAlgorithm,
  certificatePem: string,
  privateKeyPem: string,
  kid: string,
): boolean => {
  try {
    const certificate = new X509Certificate(certificatePem);
    const { kty, kid: own } = jwkOf(algorithm, certificatePem);
    const fits = kty === (algorithm === 'ES256' ? 'EC' : 'RSA') && own === kid;
    return fits && certificate.checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    return false;
  }
};

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** Signs claims as a compact JWS. https://www.rfc-editor.org/rfc/rfc7515#section-7.1 */
export const signJws = (
  header: { readonly typ?: string; readonly alg: SigningAlgorithm; readonly kid: string },
  claims: Readonly<Record<string, unknown>>,
  privateKey: KeyObject,
): string => {
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding }).toString('base64url')}`;
};

/** Whether this key signed a compact JWS. */
export const verifyJws = (jws: string, key: Jwk): boolean => {
  const end = jws.lastIndexOf('.');
  const signature = Buffer.from(jws.slice(end + 1), 'base64url');
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
  return verify('sha256', Buffer.from(jws.slice(0, end)), { key: publicKey, dsaEncoding }, signature);
};

const parsedPart = (part: string | undefined): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
};

/** The header and the claims of a compact JWS, unchecked. Undefined for other text. */
export const readJws = (jws: string) => {
  // Node's decoder skips other letters, so a changed text could pass as the signed one.
  if (!/^(?:[\w-]*\.){2}[\w-]*$/.test(jws)) return undefined;
  const [header, claims] = jws.split('.').map(parsedPart);
  return header !== undefined && claims !== undefined ? { header, claims } : undefined;
};
