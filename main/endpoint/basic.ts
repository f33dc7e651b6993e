import { isUtf8 } from 'node:buffer';
import { badRequest, failure, type Reply } from './reply.ts';

export interface BasicCredentials {
  readonly id: string;
  readonly secret: string;
  /** The same before form-decoding, where that makes a difference. */
  readonly undecoded?: { readonly id: string; readonly secret: string };
}

const refused = (what: string): Reply => failure(401, 'invalid_client', `Client Authentication failed. ${what}`);
const notBasic = (what: string): Reply =>
  refused(`${what} Send "Authorization: Basic" with the base64 of consumerKey:consumerSecret, as curl -u does.`);
/** No refusal where the body has credentials: API Manager passes over a header of another scheme. */
export const otherScheme = notBasic('The Authorization header is not of the scheme Basic.');
const badBase64 = notBasic('The credentials of the Authorization header are not base64.');
const badText = notBasic('The credentials of the Authorization header are not plain UTF-8 text.');
const noColon = notBasic('The credentials of the Authorization header have no colon between key and secret.');
const joined = badRequest(
  'There is a comma in the Authorization header: two headers in one. Give each header its own -H, and send Authorization once.',
);
const withLineBreak = (part: 'key' | 'secret'): Reply =>
  refused(
    `The ${part} ends with a line break, as echo and files add one; use echo -n or printf to encode it, or curl -u.`,
  );
const brokenKey = withLineBreak('key');
const brokenSecret = withLineBreak('secret');

/** What shells and files add to credentials; neither a key nor a secret has it. */
export const lineBreakFault = (id: string, secret = ''): Reply | undefined => {
  if (/[\r\n]$/.test(secret)) return brokenSecret;
  return /[\r\n]$/.test(id) ? brokenKey : undefined;
};

/** RFC 6749 section 2.3.1: id and secret are form-encoded first. Where they cannot be, they were sent as they are. */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** The credentials of an Authorization header (RFC 7617), or what is wrong with it. */
export const parseBasic = (header: string): BasicCredentials | Reply => {
  if (!/^basic(?: |$)/i.test(header)) return /,\s*basic /i.test(header) ? joined : otherScheme;
  if (header.includes(',')) return joined;
  const encoded = header.slice('Basic '.length).trim();
  if (encoded === '' || encoded.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return badBase64;
  const bytes = Buffer.from(encoded, 'base64');
  const text = bytes.toString();
  if (text.includes('\0') || (text.includes('\uFFFD') && !isUtf8(bytes))) return badText;
  const colon = text.indexOf(':');
  if (colon < 0) return noColon;
  const id = text.slice(0, colon);
  const secret = text.slice(colon + 1);
  const fault = lineBreakFault(id, secret);
  if (fault !== undefined) return fault;
  if (!text.includes('%') && !text.includes('+')) return { id, secret };
  return { id: formDecoded(id), secret: formDecoded(secret), undecoded: { id, secret } };
};
