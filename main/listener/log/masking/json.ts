import { isErrorCode, isIdentifier, type Kind, kindOf, type Mask } from './names.ts';
import { maskText } from './text.ts';

const token = /\s*(?:"((?:[^"\\]|\\.)*)"|([{}[\],:])|(-?\d[\d.eE+-]*|true|false|null))/y;

/** The text of a string literal; `undefined` for a malformed one. */
const parsed = (literal: string): string | undefined => {
  try {
    return String(JSON.parse(`"${literal}"`));
  } catch {
    return undefined;
  }
};

/** An open object or array, and the kind of secrets in it. */
interface Level {
  readonly isObject: boolean;
  readonly inherited: Kind | undefined;
  /** The name whose value is next; `undefined` while a name is expected. */
  name: string | undefined;
}

const hiddenRest = '… (the rest is not well-formed JSON, and is hidden)';

/** A string's own text may be JSON again, as an echo returns a body. */
const maskString = (name: string, text: string, mask: Mask, depth: number): string => {
  if (isIdentifier(name)) return text;
  return depth < 5 && /^\s*[{[]/.test(text) ? maskJson(text, mask, depth + 1) : maskText(text, mask);
};

/**
 * Masks secrets in JSON text, and keeps the rest as it was written: numbers keep their digits. Hides the rest of malformed
 * text, so a cut text ends with its last complete value.
 */
export const maskJson = (text: string, mask: Mask, depth = 0): string => {
  const levels: Level[] = [];
  let masked = '';
  let at = 0;
  while (at < text.length) {
    token.lastIndex = at;
    const found = token.exec(text);
    if (found === null) return text.slice(at).trim() === '' ? masked : `${masked}${hiddenRest}`;
    const [whole, literal, sign, scalar] = found;
    at += whole.length;
    const level = levels.at(-1);
    const name = level?.name ?? '';
    const kind = level?.inherited ?? kindOf(name);
    const space = whole.slice(0, whole.length - whole.trimStart().length);
    if (sign !== undefined) {
      if (sign === '{' || sign === '[')
        levels.push({ isObject: sign === '{', inherited: kind, name: sign === '[' ? name : undefined });
      else if (sign === '}' || sign === ']') levels.pop();
      else if (sign === ',' && level?.isObject) level.name = undefined;
      masked += whole;
    } else if (literal !== undefined) {
      const string = parsed(literal);
      if (string === undefined) return `${masked}${hiddenRest}`;
      if (level?.isObject && level.name === undefined) {
        level.name = string;
        masked += `${space}${JSON.stringify(maskText(string, mask))}`;
      } else {
        const shown =
          kind === undefined || isErrorCode(name, string) ? maskString(name, string, mask, depth) : mask(string, kind);
        masked += shown === string ? whole : `${space}${JSON.stringify(shown)}`;
      }
    } else if (scalar !== undefined) {
      const isPlain = kind === undefined || !/\d/.test(scalar) || isErrorCode(name, scalar);
      masked += isPlain ? whole : `${space}"${mask(scalar, 'secret')}"`;
    }
  }
  return masked;
};
