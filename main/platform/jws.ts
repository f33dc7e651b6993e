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
import type { Era, Jwk, JwsHeader } from '../engine/ports/signer.ts';

/** JWS has the two numbers of an ECDSA signature, and not their DER (https://www.rfc-editor.org/rfc/rfc7518#section-3.4). */
const dsaEncoding = 'ieee-p1363';

const base64url = (text: string): string => Buffer.from(text).toString('base64url');

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

/** WSO2's names for a key: base64url of the digest of its certificate in hexadecimal digits (JWT reference 7). */
const digestText = (digest: 'sha1' | 'sha256', certificate: X509Certificate): string =>
  base64url(createHash(digest).update(certificate.raw).digest('hex'));

/** A key under all its names. */
export interface NamedKey {
  /** Its `kid` is the thumbprint. */
  readonly jwk: Jwk;
  /** `x5t` of 2.x (without padding), and of 4.x. The first is also the `kid` of 2.x. */
  readonly x5t: Readonly<Record<Era, string>>;
  /** The thumbprint, then the `kid` of 2.x and of 4.x. */
  readonly kids: readonly [string, string, string];
}

const mostNamed = 100;
/** By algorithm and certificate, which never change. Parsing takes long. Starts again when full. */
const named = new Map<string, NamedKey>();

/** A key by its certificate (PEM). */
export const namedKey = (algorithm: SigningAlgorithm, certificatePem: string): NamedKey => {
  const known = named.get(algorithm + certificatePem);
  if (known !== undefined) return known;
  const jwk = jwkOf(algorithm, certificatePem);
  const certificate = new X509Certificate(certificatePem);
  const x5t = { '2.x': digestText('sha1', certificate), '4.x': digestText('sha256', certificate) };
  const key = { jwk, x5t, kids: [jwk.kid, x5t['2.x'], `${x5t['4.x']}_${algorithm}`] as const };
  if (named.size >= mostNamed) named.clear();
  named.set(algorithm + certificatePem, key);
  return key;
};

/** The header of a JWT, with its members in WSO2's order. Without an era, the key has the name of RFC 7638. */
export const headerOf = ({ jwk: { alg }, kids, x5t }: NamedKey, { typ, era, exact }: JwsHeader) => {
  const type = typ !== undefined && { typ };
  if (era === undefined) return { ...type, alg, kid: kids[0] };
  const kid = kids[era === '2.x' ? 1 : 2];
  if (!exact) return { ...type, alg, kid };
  // Access tokens of 2.x have no kid, and a padded x5t.
  if (era === '2.x' && typ !== undefined) return { ...type, alg, x5t: `${x5t[era]}==` };
  return { x5t: x5t[era], kid, ...type, alg };
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

/** Bytes of each of the two numbers of an ES256 signature. */
const numberBytes = 32;

/**
 * Gives an ECDSA signature in DER as JWS has it: two numbers of one width. Node's own conversion, by `dsaEncoding`, takes
 * as long as the signature: 52 µs of CPU instead of 25.
 */
const jwsSignature = (der: Buffer): Buffer => {
  const numbers = Buffer.alloc(2 * numberBytes);
  let at = 2;
  for (const end of [numberBytes, 2 * numberBytes]) {
    const start = at + 2;
    at = start + der.readUInt8(at + 1);
    // DER puts a zero before a number whose first bit is set, and leaves out other zeros.
    const number = der.subarray(Math.max(start, at - numberBytes), at);
    number.copy(numbers, end - number.length);
  }
  return numbers;
};

/** Signs claims as a compact JWS. https://www.rfc-editor.org/rfc/rfc7515#section-7.1 */
export const signJws = (
  header: Readonly<Record<string, string>>,
  claims: Readonly<Record<string, unknown>>,
  privateKey: KeyObject,
): string => {
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  const signature = sign('sha256', Buffer.from(signed), privateKey);
  return `${signed}.${(header.alg === 'ES256' ? jwsSignature(signature) : signature).toString('base64url')}`;
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
