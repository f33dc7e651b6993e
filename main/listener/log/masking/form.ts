import { kindOf, type Mask } from './names.ts';
import { maskText, maskValue } from './text.ts';

/** Decodes as far as possible, so that a malformed pair does not hide its name. */
const decoded = (text: string): string => {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
};

const maskFormPair = (pair: string, mask: Mask): string => {
  const equals = pair.indexOf('=');
  // A part without a name may be the secret itself.
  if (equals < 0) return mask(decoded(pair), 'secret');
  const name = decoded(pair.slice(0, equals));
  const raw = pair.slice(equals + 1);
  const value = decoded(raw);
  const masked = maskValue(name, value, mask);
  if (masked !== value) {
    // The value as sent is remembered too, where it was encoded.
    if (raw !== value) mask(raw, kindOf(name) ?? 'secret');
    return `${maskText(pair.slice(0, equals), mask)}=${masked}`;
  }
  return `${maskText(pair.slice(0, equals), mask)}=${raw}`;
};

/** Masks secrets in the pairs of a form or query, well-formed or not. */
export const maskForm = (text: string, mask: Mask): string =>
  text
    .split('&')
    .map((pair) => maskFormPair(pair, mask))
    .join('&');
