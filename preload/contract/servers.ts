import { z } from 'zod';
import { fromBase64 } from './base64.ts';

/** How the server lays out its addresses; `other`: any OAuth2 server. */
export const serverKind = z
  .enum(['wso2-2.6', 'wso2-3.2', 'wso2-4.x', 'other'], {
    error: 'The kind of server is wso2-2.6, wso2-3.2, wso2-4.x or other.',
  })
  .describe('kind of the server');
export type ServerKind = z.output<typeof serverKind>;

/** The name of each kind for people. */
export const serverKindNames: Readonly<Record<ServerKind, string>> = {
  'wso2-2.6': 'WSO2 2.6',
  'wso2-3.2': 'WSO2 3.2',
  'wso2-4.x': 'WSO2 4.x',
  other: 'Another server',
};

/** An address without user, password and fragment: programs read those in different ways. */
const address = (label: string) =>
  z
    .string()
    .max(2048, `The ${label} may have at most 2048 characters.`)
    .regex(/^[!-~]*$/, `The ${label} has printable ASCII only, without spaces.`)
    .refine((text) => /^https?:\/\/[^/?#@\\]+(?:[/?][^#]*)?$/i.test(text) && z.url().safeParse(text).success, {
      error: `The ${label} is a full address like https://gw.example.com:8243/token, without user, password and #.`,
    });
const optional = (label: string, meaning: string) => z.literal('').or(address(label)).describe(meaning);

/** Whether base64 holds one whole DER SEQUENCE, the outer form of a certificate. */
const isSequence = (base64: string): boolean => {
  const bytes = fromBase64(base64);
  const [tag, first = 0] = bytes ?? [];
  const more = first > 0x80 ? first - 0x80 : 0;
  const length = more === 0 ? first : bytes?.slice(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  return tag === 0x30 && bytes?.length === 2 + more + (length ?? 0);
};

const pemBlock = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/** Why a text is not the PEM of certificates; undefined if it is. */
const pemFault = (pem: string): string | undefined => {
  if (/PRIVATE KEY-----/.test(pem)) {
    return 'This text holds a private key. Paste only the certificate of the authority, and keep the key away from here.';
  }
  const blocks = [...pem.matchAll(pemBlock)];
  if (blocks.length === 0) {
    return 'The CA certificate is PEM text: it starts with -----BEGIN CERTIFICATE-----. Convert a .der or .cer file first.';
  }
  const other = blocks.find(([, label]) => label !== 'CERTIFICATE');
  if (other !== undefined) return `This text holds a ${other[1]}, not a certificate.`;
  const isWhole = blocks.every(([, , body = '']) => isSequence(body.replace(/\s/g, '')));
  const isBalanced = pem.match(/-----BEGIN /g)?.length === blocks.length;
  return isWhole && isBalanced
    ? undefined
    : 'A certificate in this text is incomplete. Copy the file again, as a whole.';
};

/** PEM text of at least one certificate; empty: the system's authorities decide. */
const caCertificate = z
  .string()
  .max(65_536, 'The CA certificate may have at most 64 KiB of text.')
  .superRefine((pem, context) => {
    const fault = pem === '' ? undefined : pemFault(pem);
    if (fault !== undefined) context.addIssue({ code: 'custom', message: fault });
  })
  .describe('PEM text of the authority that signed its certificate (empty = one that the system trusts)');

/** The server that keys come from. Empty addresses are unknown ones. */
export const server = z.strictObject({
  kind: serverKind,
  tokenUrl: address('token address').describe('token address of the server'),
  revokeUrl: optional('revocation address', 'revocation address of the server'),
  introspectUrl: optional('introspection address', 'introspection address of the server'),
  caCertificate,
});
export type Server = z.output<typeof server>;

/**
 * A consumer key or secret of another server: printable ASCII (https://www.rfc-editor.org/rfc/rfc6749#appendix-A),
 * stored exactly.
 */
const credential = (label: string, max: number) =>
  z
    .string()
    .min(1, `Enter the ${label}.`)
    .max(max, `The ${label} may have at most ${max} characters.`)
    .regex(/^[ -~]*$/, `The ${label} has printable ASCII only. Copy it again, without line breaks.`)
    .refine((text) => text.trim() === text, { error: `The ${label} starts or ends with a space. Remove it.` });

/** HTTP Basic ends the key at its first colon: https://www.rfc-editor.org/rfc/rfc7617#section-2 */
export const providedKey = credential('consumer key', 512)
  .regex(/^[^:]*$/, 'A consumer key has no colon, because HTTP Basic ends the key there.')
  .describe('consumer key of the server');
export const providedSecret = credential('consumer secret', 2048).meta({
  secret: 'new',
  description: 'consumer secret of the server',
});

/** A consumer key that somebody chose for keys of this machine. URLs and HTTP Basic carry it unchanged. */
export const chosenKey = /^[A-Za-z0-9_.~-]{1,255}$/;

/** Warns of a consumer secret that is easily guessed; undefined for a long one. */
export const secretWarning = (consumerSecret: string): string | undefined =>
  consumerSecret.length < 16 ? 'A consumer secret of fewer than 16 characters is easily guessed.' : undefined;

/** The host of an address, with its port if it has one. */
export const hostOfAddress = (url: string): string => /^https?:\/\/([^/?#]+)/i.exec(url)?.[1]?.toLowerCase() ?? '';
