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

/** Throws URIError where a percent sign starts no UTF-8 character. */
const decode = (text: string): string =>
  text.includes('%') || text.includes('+') ? decodeURIComponent(text.replaceAll('+', ' ')) : text;

/** The parameters of an `application/x-www-form-urlencoded` body, or what is wrong with it (reference 4.5). */
export const parseForm = (body: Buffer): Map<string, string> | Reply => {
  const text = body.toString();
  if (text.includes('\uFFFD') && !isUtf8(body)) return notUtf8;
  const form = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    let name: string;
    let value: string;
    try {
      name = decode(equals < 0 ? pair : pair.slice(0, equals));
      value = equals < 0 ? '' : decode(pair.slice(equals + 1));
    } catch {
      return badPercent;
    }
    if (name.includes('\0') || value.includes('\0')) return nul;
    if (form.has(name)) return repeated;
    form.set(name, value);
  }
  return form;
};
