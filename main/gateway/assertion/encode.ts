import { sign } from 'node:crypto';
import type { Profile } from '../faults/fault.ts';
import { type SigningKey, thumbprintOf } from './signingKey.ts';

/** Standard base64, base64url with padding, and without, by profile (gateway reference 11). */
const encoders: Readonly<Record<Profile, (bytes: Buffer) => string>> = {
  '2.6': (bytes) => bytes.toString('base64'),
  '3.2': (bytes) => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
  '4.x': (bytes) => bytes.toString('base64url'),
};

/** Encodes a JWT as a profile does. Without a key its algorithm is `none` and its signature is empty. */
export const encodeJwt = (claims: object, profile: Profile, key: SigningKey | undefined): string => {
  const encode = encoders[profile];
  const header =
    key === undefined
      ? { typ: 'JWT', alg: 'none' }
      : {
          ...{ typ: 'JWT', alg: 'RS256', x5t: thumbprintOf(key.certificatePem) },
          ...(profile === '4.x' && { kid: key.kid }),
        };
  const signed = [header, claims].map((part) => encode(Buffer.from(JSON.stringify(part)))).join('.');
  return `${signed}.${key === undefined ? '' : encode(sign('RSA-SHA256', Buffer.from(signed), key.privateKey))}`;
};
