import { isUtf8 } from 'node:buffer';
import { maskForm } from './form.ts';
import { maskJson } from './json.ts';
import { boundaryOf, maskMultipart } from './multipart.ts';
import type { Mask } from './names.ts';
import { maskText } from './text.ts';

/** A captured body and its headers that say what it is. */
export interface BodyFacts {
  readonly bytes: Buffer;
  readonly total: number | undefined;
  readonly type: string;
  readonly encoding: string;
}

const counted = (bytes: number): string => `${bytes.toLocaleString('en-US')} bytes`;

/** A body that is neither form nor JSON nor XML may hold secrets that no rule finds. */
const hidden = (what: string, { total, bytes }: BodyFacts): string =>
  `(${counted(total ?? bytes.length)} of ${what}, hidden because they may hold secrets)`;

type MediaKind = 'form' | 'json' | 'xml' | 'multipart' | 'other';

/** Without a Content-Type, the first character decides. */
const kindOfBody = (type: string, text: string): MediaKind => {
  const media = (type.split(';')[0] ?? '').trim().toLowerCase();
  if (media === 'application/x-www-form-urlencoded') return 'form';
  if (/[/+]json$/.test(media)) return 'json';
  if (/[/+]xml$/.test(media)) return 'xml';
  if (media === 'multipart/form-data') return 'multipart';
  if (media !== '') return 'other';
  if (/^\s*[{[]/.test(text)) return 'json';
  return /^\s*</.test(text) ? 'xml' : 'other';
};

/** Text has line breaks and tabs, and no other control characters. */
const control = /(?![\t\n\r\f])\p{Cc}/u;

/** Gives a body as text with secrets masked, or a sentence about a body that cannot be shown. `undefined` for an empty one. */
export const maskBody = (facts: BodyFacts, mask: Mask): string | undefined => {
  const { bytes, total, type, encoding } = facts;
  if (bytes.length === 0) return undefined;
  if (!/^(?:identity)?$/i.test(encoding.trim())) return hidden('compressed data', facts);
  const isCut = total === undefined || total > bytes.length;
  // The cut may split a character.
  const isText = isUtf8(bytes) || (isCut && [1, 2, 3].some((less) => isUtf8(bytes.subarray(0, -less))));
  const text = isText ? bytes.toString() : bytes.toString('latin1');
  const kind = kindOfBody(type, text);
  if (kind === 'form') return maskForm(text, mask);
  if (kind === 'multipart') {
    const boundary = boundaryOf(type);
    const masked = boundary === undefined ? undefined : maskMultipart(text, boundary, mask);
    return masked ?? hidden('malformed form data', facts);
  }
  if (!isText || control.test(text)) return hidden('binary data', facts);
  if (kind === 'json') return maskJson(text, mask);
  if (kind === 'xml' && /^\s*</.test(text)) return maskText(text, mask);
  return hidden((type.split(';')[0] || 'data without a type').trim().slice(0, 60), facts);
};
