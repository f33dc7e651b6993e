import { isErrorCode, isIdentifier, isMisplaced, type Kind, kindOf, type Mask } from './names.ts';

const decoded = (text: string): string =>
  text
    .replaceAll('+', ' ')
    .replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** `Bearer x`, `Basic x`, wherever they are. */
const schemes = /\b(bearer|basic|digest|negotiate|apikey)([\s:]+|%20)([^\s,"'<>&]+)/gi;

/** A name, and `=` or `:`. */
const names = /(?<![\w.%-])([\w.%-]{1,200})\\?["']?\s*[=:]\s*/g;
/** The value after them: it ends with its quote, else at `&`, `<`, a quote or the end of the line. */
const values = /\\?"(?:[^"\\]|\\[^"])*(?:\\?")?|'(?:[^'\\]|\\.)*'?|[^&<"'\r\n]+/y;

/** Long texts of letters of both cases and digits, as tokens are. */
const runs = /[A-Za-z0-9_-]{24,}(?:\.[A-Za-z0-9_-]*)*/g;
/** One token in three hundred has no digit. Names like `getOrdersOfCustomer` have few capitals. */
const capitalsWithoutDigit = 0.3;
const isTokenLike = (run: string): boolean => {
  const capitals = run.match(/[A-Z]/g)?.length ?? 0;
  return /[a-z]/.test(run) && capitals >= (/\d/.test(run) ? 1 : run.length * capitalsWithoutDigit);
};

/** Masks every part of a text that looks like a token. */
export const maskRuns = (text: string, mask: Mask): string =>
  text.replace(runs, (run) => (isTokenLike(run) ? mask(run, 'token') : run));

/** The start of `</name`, or the end of the text: an element that is cut is masked to its end. */
const closeOf = (text: string, name: string, from: number): number => {
  const found = text.indexOf(`</${name}`, from);
  return found < 0 ? text.length : found;
};

/** Masks the content of XML elements with secret names. */
const maskElements = (text: string, mask: Mask): string => {
  if (!text.includes('<')) return text;
  const tags = /<([\w.:-]{1,200})(?:\s[^<>]*)?>/g;
  let masked = '';
  let done = 0;
  for (let tag = tags.exec(text); tag !== null; tag = tags.exec(text)) {
    const [whole, name = ''] = tag;
    const local = name.slice(name.lastIndexOf(':') + 1);
    const kind = kindOf(local);
    if (kind === undefined || whole.endsWith('/>')) continue;
    const start = tag.index + whole.length;
    const end = closeOf(text, name, start);
    const content = text.slice(start, end);
    masked += text.slice(done, start) + (isErrorCode(local, content) ? content : mask(content, kind));
    done = end;
    tags.lastIndex = end;
  }
  return masked + text.slice(done);
};

const maskQuoted = (value: string, kind: Kind, mask: Mask): string => {
  const quote = /^\\?["']/.exec(value)?.[0] ?? '';
  const plain = quote === '' ? value : value.slice(quote.length).replace(/\\?["']$/, '');
  return `${quote}${mask(plain, kind)}${quote}`;
};

/** Masks the values of pairs with secret names. The value of any other name may hold pairs itself. */
const maskPairs = (text: string, mask: Mask): string => {
  let masked = '';
  let done = 0;
  names.lastIndex = 0;
  for (let found = names.exec(text); found !== null; found = names.exec(text)) {
    const name = found[1] ?? '';
    const kind = kindOf(decoded(name));
    if (kind === undefined) continue;
    const start = names.lastIndex;
    values.lastIndex = start;
    const value = values.exec(text)?.[0] ?? '';
    if (value === '' || isErrorCode(name, value.trim())) continue;
    masked += text.slice(done, start) + maskQuoted(value, kind, mask);
    done = start + value.length;
    names.lastIndex = done;
  }
  return masked + text.slice(done);
};

/** Masks secrets in free text: elements, pairs of name and value, credentials after their scheme, and tokens. */
export const maskText = (text: string, mask: Mask): string => {
  const elements = maskElements(text, mask);
  const credentials = elements.replace(
    schemes,
    (_, scheme: string, space: string, value: string) =>
      `${scheme}${space}${mask(value, /^bearer$/i.test(scheme) ? 'token' : 'secret')}`,
  );
  return maskRuns(maskPairs(credentials, mask), mask);
};

/** Masks a value by its name, else the secrets in it. */
export const maskValue = (name: string, value: string, mask: Mask): string => {
  const kind = kindOf(name) ?? (isMisplaced(name, value) ? 'secret' : undefined);
  if (kind === undefined) return isIdentifier(name) ? value : maskText(value, mask);
  return isErrorCode(name, value) ? value : mask(value, kind);
};
