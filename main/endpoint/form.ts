import { isUtf8 } from 'node:buffer';
import { badRequest, type Reply } from './reply.ts';

const notUtf8 = badRequest(
  'The body has bytes that are not UTF-8; percent-encode them, as curl --data-urlencode does.',
);
const badPercent = badRequest(
  'The body has a percent sign that does not start a UTF-8 character in hex; write %25 for a percent sign itself, as curl --data-urlencode does.',
);
const nul = badRequest('The body has a NUL character; leave it out.');
const repeated = badRequest('Invalid request with repeated parameters.');

/** V8 cuts strings out of a larger one by pointing into it: what is kept of a larger body would keep all of it. */
const pointedInto = 4096;

/** Throws URIError where a percent sign starts no UTF-8 character. */
const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '));

/** The parameters of an `application/x-www-form-urlencoded` body, or what is wrong with it (reference 4.5). */
export const parseForm = (body: Buffer): Map<string, string> | Reply => {
  const text = body.toString();
  if (text.includes('\uFFFD') && !isUtf8(body)) return notUtf8;
  if (text.includes('\0') || text.includes('%00')) return nul;
  const encoded = text.includes('%') || text.includes('+');
  const form = new Map<string, string>();
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
    if (text.length > pointedInto) value = Buffer.from(value).toString();
    if (form.has(name)) return repeated;
    form.set(name, value);
  }
  return form;
};
