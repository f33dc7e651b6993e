import {
  createPrivateKey,
  generateKeyPair,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import type { SigningAlgorithm } from '../../../preload/contract/values.ts';
import { nameConstraints } from './constraints.ts';
import { certificateNames } from './names.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Clocks of phones and containers may be slow. */
const backdatedMs = 60 * 60 * 1000;
const caLifetimeMs = 3650 * dayMs;
/** With the backdating, below the limit of 397 days in browsers and systems. */
const leafLifetimeMs = 396 * dayMs;
const renewalMarginMs = 30 * dayMs;

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };

export interface Certificate {
  readonly certificatePem: string;
  /** PKCS #8; for the vault to seal. */
  readonly privateKeyPem: string;
  readonly notAfterMs: number;
  /** Upper-case hex, two digits between colons. */
  readonly fingerprintSha256: string;
}

/** Loaded when a certificate is created, as most starts create none. The library needs `reflect-metadata` first. */
async function loadX509() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

/**
 * Creates a certificate authority for one installation, valid for ten years (https://www.rfc-editor.org/rfc/rfc5280). Critical name
 * constraints limit a stolen key to local names and private addresses. `nowMs` is real time.
 */
export async function createCa({
  installationId,
  nowMs,
  moreNames,
}: {
  installationId: string;
  nowMs: number;
  moreNames?: readonly string[];
}): Promise<Certificate> {
  const x509 = await loadX509();
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = keys.publicKey.toCryptoKey(curve, true, ['verify']);
  const name = `CN=Keyfob CA ${installationId.slice(0, 8)}`;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: name,
    issuer: name,
    ...lifetime(nowMs, caLifetimeMs),
    publicKey,
    signingKey: signingKey(keys.privateKey),
    signingAlgorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      new x509.Extension('2.5.29.30', true, nameConstraints(moreNames)),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return toCertificate(certificate.toString('pem'), keys.privateKey);
}

/**
 * Creates the endpoint's certificate for Keyfob's own names and the extra ones, signed by the authority. `nowMs` is real time. Throws
 * `name_not_permitted`.
 */
export async function createLeaf(options: {
  ca: Pick<Certificate, 'certificatePem' | 'privateKeyPem'>;
  extraNames: readonly string[];
  nowMs: number;
  moreNames?: readonly string[];
}): Promise<Certificate> {
  const { ca, nowMs } = options;
  const names = certificateNames(options.extraNames, options.moreNames);
  const x509 = await loadX509();
  const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = keys.publicKey.toCryptoKey(curve, true, ['verify']);
  const authority = new x509.X509Certificate(ca.certificatePem);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=Keyfob endpoint',
    issuer: authority.subjectName.toJSON(),
    ...lifetime(nowMs, Math.min(leafLifetimeMs, authority.notAfter.getTime() - nowMs + backdatedMs)),
    publicKey,
    signingKey: signingKey(createPrivateKey(ca.privateKeyPem)),
    signingAlgorithm,
    extensions: [
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((name) => ({ type: isIP(name) === 0 ? 'dns' : 'ip', value: name })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(authority.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
    ],
  });
  return toCertificate(certificate.toString('pem'), keys.privateKey);
}

/** The parameters of each algorithm of signing keys, for WebCrypto. */
const signingParameters = {
  ES256: { ...curve, ...signingAlgorithm },
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
} as const;

const createKeyPair = (algorithm: SigningAlgorithm) =>
  algorithm === 'ES256'
    ? promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
    : promisify(generateKeyPair)('rsa', { modulusLength: 2048 });

/**
 * Creates a key that signs JWTs, P-256 or RSA of 2048 bits, with its own certificate, valid for ten years. API Manager's JWTs for
 * backends name the key by the certificate's thumbprint. `nowMs` is real time.
 */
export async function createSigningCertificate(algorithm: SigningAlgorithm, nowMs: number): Promise<Certificate> {
  const x509 = await loadX509();
  const keys = await createKeyPair(algorithm);
  const parameters = signingParameters[algorithm];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Keyfob signing key',
    ...lifetime(nowMs, caLifetimeMs),
    keys: {
      publicKey: keys.publicKey.toCryptoKey(parameters, true, ['verify']),
      privateKey: keys.privateKey.toCryptoKey(parameters, false, ['sign']),
    },
    signingAlgorithm: parameters,
    extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true)],
  });
  return toCertificate(certificate.toString('pem'), keys.privateKey);
}

/**
 * Whether the endpoint needs a new certificate. This one may expire soon, not be valid yet, or have another authority or other names.
 * `nowMs` is real time. Throws `name_not_permitted`.
 */
export function leafNeedsRenewal(options: {
  leafPem: string;
  caPem: string;
  extraNames: readonly string[];
  nowMs: number;
  moreNames?: readonly string[];
}): boolean {
  const { nowMs } = options;
  const leaf = new X509Certificate(options.leafPem);
  const authority = new X509Certificate(options.caPem);
  const names = certificateNames(options.extraNames, options.moreNames);
  const named = leaf.subjectAltName?.split(', ') ?? [];
  return (
    nowMs < leaf.validFromDate.getTime() ||
    nowMs > leaf.validToDate.getTime() - renewalMarginMs ||
    !leaf.verify(authority.publicKey) ||
    named.length !== names.length ||
    !names.every((name) => (isIP(name) === 0 ? leaf.checkHost(name) : leaf.checkIP(name)) !== undefined)
  );
}

/** 126 random bits, positive, without a leading zero (https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function lifetime(nowMs: number, lengthMs: number) {
  const notBeforeMs = nowMs - backdatedMs;
  return { notBefore: new Date(notBeforeMs), notAfter: new Date(notBeforeMs + lengthMs) };
}

const signingKey = (key: KeyObject) => key.toCryptoKey(curve, false, ['sign']);

function toCertificate(certificatePem: string, privateKey: KeyObject): Certificate {
  const certificate = new X509Certificate(certificatePem);
  return {
    certificatePem: `${certificatePem.trim()}\n`,
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    notAfterMs: certificate.validToDate.getTime(),
    fingerprintSha256: certificate.fingerprint256,
  };
}
