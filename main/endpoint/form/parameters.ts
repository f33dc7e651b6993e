import { isUtf8 } from 'node:buffer';
import { badRequest, type Reply } from '../../listener/reply.ts';
import type { Charset } from './mediaType.ts';

/** Gives the refusals for parameters of one place. */
const refusalsOf = (place: 'body' | 'URL') => ({
  badPercent: badRequest(
    `The ${place} has a percent sign that does not start a UTF-8 character in hex; write %25 for a percent sign itself, as curl --data-urlencode does.`,
  ),
  nul: badRequest(`The ${place} has a NUL character; leave it out.`),
});
const ofBody = refusalsOf('body');
const ofUrl = refusalsOf('URL');
const notUtf8 = badRequest(
  'The body has bytes that are not UTF-8; percent-encode them, as curl --data-urlencode does.',
);
/** The refusal of a parameter that occurs twice. */
export const repeated = badRequest('Invalid request with repeated parameters.');
const otherCharset = badRequest(
  'The body has letters beyond ASCII in a charset that is not supported; send UTF-8 (or ISO-8859-1) and name it in the Content-Type.',
);

/** V8 cuts a string by pointing into the larger one. Above this size, values are copied, else each keeps the whole body. */
const copiedAbove = 4096;

const plain = /^[^%+\x80-\uffff]*$/;

/** Throws URIError for a percent sign that starts no UTF-8 character. */
const decodeUtf8 = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** Browsers read ISO-8859-1 as windows-1252, which has letters in place of control characters. */
const western = new TextDecoder('windows-1252');

/** Decodes text whose characters are bytes. Throws URIError for a percent sign without two hex digits. */
const decodeWestern = (text: string): string => {
  const bytes = text.replaceAll('+', ' ').replace(/%(.{0,2})/gs, (_, hex: string) => {
    if (!/^[\da-f]{2}$/i.test(hex)) throw new URIError('A percent sign without two hex digits.');
    return String.fromCharCode(Number.parseInt(hex, 16));
  });
  return western.decode(Buffer.from(bytes, 'latin1'));
};

type Parameters = Map<string, string>;

const parse = (
  text: string,
  decode: (part: string) => string,
  { nul, badPercent }: typeof ofBody,
): Parameters | Reply => {
  if (text.includes('\0') || text.includes('%00')) return nul;
  const encoded = !plain.test(text);
  const parameters: Parameters = new Map();
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = text.indexOf('&', start);
    if (end < 0) end = text.length;
    if (end === start) continue;
    const pair = text.slice(start, end);
    const equals = pair.indexOf('=');
    let name = equals < 0 ? pair : pair.slice(0, equals);
    let value = equals < 0 ? '' : pair.slice(equals + 1);
    if (encoded) {
      try {
        name = decode(name);
        value = decode(value);
      } catch {
        return badPercent;
      }
    }
    if (text.length > copiedAbove) value = Buffer.from(value).toString();
    if (parameters.has(name)) return repeated;
    parameters.set(name, value);
  }
  return parameters;
};

/** Gives the parameters of an `application/x-www-form-urlencoded` body, or the refusal of a malformed one (reference 4.5). */
export const parseForm = (body: Buffer, charset: Charset = 'utf-8'): Parameters | Reply => {
  if (charset === 'windows-1252') return parse(body.toString('latin1'), decodeWestern, ofBody);
  const text = body.toString();
  if (charset === 'other' && /[\x80-\uffff]|%[89a-f][\da-f]/i.test(text)) return otherCharset;
  if (text.includes('\uFFFD') && !isUtf8(body)) return notUtf8;
  return parse(text, decodeUtf8, ofBody);
};

/** The same for the query of a URL, which is ASCII: the HTTP parser refuses other bytes. */
export const parseQuery = (query: string): Parameters | Reply => parse(query, decodeUtf8, ofUrl);

/** Joins both, as API Manager 2.6 does: the URL's value wins. */
export const joinParameters = (query: Parameters, form: Parameters): Parameters =>
  query.size === 0 ? form : new Map([...form, ...query]);
