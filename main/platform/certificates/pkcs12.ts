import { createHash, createHmac, randomBytes, X509Certificate } from 'node:crypto';
import { element, sequence } from './der.ts';

/** Java's usual password. It protects nothing: a trust store has only certificates, which are public. */
export const trustStorePassword = 'changeit';

const [integer, octetString, nothing, oid, bmpString, set, explicit] = [0x02, 0x04, 0x05, 0x06, 0x1e, 0x31, 0xa0];

/** The object identifiers, encoded (https://www.rfc-editor.org/rfc/rfc7292#appendix-D). */
const id = {
  data: '2a864886f70d010701',
  certBag: '2a864886f70d010c0a0103',
  x509Certificate: '2a864886f70d01091601',
  friendlyName: '2a864886f70d010914',
  // Oracle's trustedKeyUsage, 2.16.840.1.113894.746875.1.1. Java ignores certificates without it.
  trustedKeyUsage: '6086480186f966adca7b0101',
  anyExtendedKeyUsage: '551d2500',
  sha256: '608648016503040201',
};

const object = (hex: string): Buffer => element(oid, Buffer.from(hex, 'hex'));
const wrapped = (bytes: Buffer): Buffer => element(explicit, element(octetString, bytes));
const data = (bytes: Buffer): Buffer => element(sequence, object(id.data), wrapped(bytes));
const bmp = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const attribute = (type: string, value: Buffer): Buffer => element(sequence, object(type), element(set, value));

function certificateBag(certificate: Buffer, alias: string): Buffer {
  const value = element(sequence, object(id.x509Certificate), wrapped(certificate));
  const attributes = [
    attribute(id.friendlyName, element(bmpString, bmp(alias))),
    attribute(id.trustedKeyUsage, object(id.anyExtendedKeyUsage)),
  ];
  return element(sequence, object(id.certBag), element(explicit, value), element(set, ...attributes));
}

const iterations = 10_000;
const blockSize = 64;

/** The key of the MAC, by SHA-256 (https://www.rfc-editor.org/rfc/rfc7292#appendix-B.2, with id 3). */
function macKey(password: string, salt: Buffer): Buffer {
  const filled = (bytes: Buffer) => Buffer.alloc(Math.ceil(bytes.length / blockSize) * blockSize, bytes);
  let key: Buffer = Buffer.concat([Buffer.alloc(blockSize, 3), filled(salt), filled(bmp(`${password}\0`))]);
  for (let round = 0; round < iterations; round += 1) key = createHash('sha256').update(key).digest();
  return key;
}

/**
 * Creates a PKCS #12 trust store (https://www.rfc-editor.org/rfc/rfc7292) that Java reads: certificates only, not encrypted. Takes
 * the certificates as PEM; each is in it once. Its password is {@link trustStorePassword}.
 */
export function createTrustStore(certificates: readonly string[]): Buffer {
  const distinct = new Map(
    certificates.map((pem) => {
      const { raw, fingerprint256 } = new X509Certificate(pem);
      return [fingerprint256, raw] as const;
    }),
  );
  const bags = [...distinct.values()].map((certificate, at) => certificateBag(certificate, `keyfob-${at + 1}`));
  const safe = element(sequence, data(element(sequence, ...bags)));
  const salt = randomBytes(20);
  const digest = createHmac('sha256', macKey(trustStorePassword, salt)).update(safe).digest();
  const algorithm = element(sequence, object(id.sha256), element(nothing));
  const mac = element(
    sequence,
    element(sequence, algorithm, element(octetString, digest)),
    element(octetString, salt),
    element(integer, Buffer.of(iterations >> 8, iterations & 0xff)),
  );
  return element(sequence, element(integer, Buffer.of(3)), data(safe), mac);
}
