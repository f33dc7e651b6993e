import { isUtf8 } from 'node:buffer';
import type { Exchange } from '../../listener/exchange.ts';
import { badRequest, errorReply, type Reply } from '../../listener/reply.ts';
import type { Connection } from '../../listener/sockets/connections.ts';

export interface BasicCredentials {
  readonly id: string;
  readonly secret: string;
  /** The same before form-decoding, if that changed them. */
  readonly undecoded?: { readonly id: string; readonly secret: string };
}

const refused = (what: string): Reply => errorReply(401, 'invalid_client', `Client Authentication failed. ${what}`);
const notBasic = (what: string): Reply =>
  refused(`${what} Send "Authorization: Basic" with the base64 of consumerKey:consumerSecret, as curl -u does.`);
/** Ignored when the body has credentials: API Manager ignores a header of another scheme. */
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

/** Refuses a line break at the end, which shells and files add. No key or secret ends with one. */
export const lineBreakError = (id: string, secret = ''): Reply | undefined => {
  if (/[\r\n]$/.test(secret)) return brokenSecret;
  return /[\r\n]$/.test(id) ? brokenKey : undefined;
};

/**
 * Clients form-encode id and secret. A text that does not decode was sent unencoded.
 * https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
 */
const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/**
 * Gives the credentials of an Authorization header, or the refusal of a malformed one.
 * https://www.rfc-editor.org/rfc/rfc7617#section-2
 */
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
  const error = lineBreakError(id, secret);
  if (error !== undefined) return error;
  if (!text.includes('%') && !text.includes('+')) return { id, secret };
  return { id: formDecoded(id), secret: formDecoded(secret), undecoded: { id, secret } };
};

interface Parsed {
  readonly authorization: string | undefined;
  readonly basic: BasicCredentials | Reply | undefined;
}

/** The newest header of each connection: clients send the same one with each request. */
const parsedOf = new WeakMap<Connection, Parsed>();

/** Gives the Basic credentials of a request, `undefined` without a header. The same header gives the same object. */
export const basicOf = ({ request, connection }: Exchange): Parsed['basic'] => {
  const { authorization } = request.headers;
  const known = parsedOf.get(connection);
  if (known !== undefined && known.authorization === authorization) return known.basic;
  const basic = authorization === undefined ? undefined : parseBasic(authorization);
  parsedOf.set(connection, { authorization, basic });
  return basic;
};
