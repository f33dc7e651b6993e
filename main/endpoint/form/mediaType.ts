import { badRequest, type Reply } from '../../listener/reply.ts';

const expected = 'application/x-www-form-urlencoded';
export const otherType = badRequest(`Bad request content type. Expecting: ${expected}`);

/** The charset of a form. `other`: only ASCII can be read. */
export type Charset = 'utf-8' | 'windows-1252' | 'other';

const charsets: readonly (readonly [Charset, RegExp])[] = [
  ['utf-8', /^(?:utf[-_]?8)?$/i],
  ['windows-1252', /^(?:iso[-_]?8859[-_]1|latin[-_]?1|l1|windows-1252|cp-?1252)$/i],
];

/**
 * Gives the charset that a Content-Type names, or the refusal of another media type (reference 4.5). Libraries label
 * forms with a default charset and percent-encode them, which is ASCII. So an unknown label alone is no error.
 */
export const charsetOf = (contentType: string | undefined): Charset | Reply => {
  if (contentType === expected) return 'utf-8';
  const [type = '', ...parameters] = (contentType ?? '').split(';');
  if (type.trim().toLowerCase() !== expected) return otherType;
  for (const parameter of parameters) {
    const label = /^\s*charset\s*=(.*)$/is.exec(parameter)?.[1]?.replace(/^[\s"']+|[\s"']+$/g, '');
    if (label !== undefined) return charsets.find(([, names]) => names.test(label))?.[0] ?? 'other';
  }
  return 'utf-8';
};
