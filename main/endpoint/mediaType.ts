import { badRequest, type Reply } from './reply.ts';

const expected = 'application/x-www-form-urlencoded';
const otherType = badRequest(`Bad request content type. Expecting: ${expected}`);
const otherCharset = badRequest('The charset of the Content-Type must be UTF-8, or be left out.');

/** What is wrong with a Content-Type (reference 4.5), if anything. UTF-8 is the only charset (RFC 6749 appendix B). */
export const mediaTypeFault = (contentType: string | undefined): Reply | undefined => {
  if (contentType === expected) return undefined;
  const [type = '', ...parameters] = (contentType ?? '').split(';');
  if (type.trim().toLowerCase() !== expected) return otherType;
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"]*?)"?\s*$/i.exec(parameter)?.[1]);
  return charset.some((name) => name !== undefined && !/^utf-?8$/i.test(name)) ? otherCharset : undefined;
};
