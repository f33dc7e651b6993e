import { dots, kindOf, type Mask } from './names.ts';
import { maskText, maskValue } from './text.ts';

/** Masks the values of `name=value` pairs, of the first one only in `Set-Cookie`: its other pairs are attributes. */
const maskCookies = (value: string, isSet: boolean, mask: Mask): string =>
  value
    .split(';')
    .map((part, at) => {
      if (isSet && at > 0) return maskText(part, mask);
      const equals = part.indexOf('=');
      return equals < 0 ? mask(part, 'secret') : `${part.slice(0, equals)}=${mask(part.slice(equals + 1), 'secret')}`;
    })
    .join(';');

/** Id and secret of Basic credentials are masked wherever they occur in decoded form. */
const rememberBasic = (encoded: string, mask: Mask): void => {
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon >= 0) mask(text.slice(colon + 1), 'secret');
};

const maskAuthorization = (value: string, mask: Mask): string => {
  const [, scheme, space, credentials = ''] = /^\s*([A-Za-z][\w-]{0,20})(\s+)(.+)$/s.exec(value) ?? [];
  if (scheme === undefined) return mask(value, 'token');
  const isBearer = /^bearer$/i.test(scheme);
  if (/^basic$/i.test(scheme)) rememberBasic(credentials, mask);
  return `${scheme}${space}${mask(credentials, isBearer ? 'token' : 'secret')}`;
};

/** Masks the value of a header. `secretHeaders` are further names of headers that bring tokens, in lower case. */
export const maskHeader = (name: string, value: string, secretHeaders: readonly string[], mask: Mask): string => {
  const lower = name.toLowerCase();
  if (lower === 'cookie' || lower === 'set-cookie') return maskCookies(value, lower === 'set-cookie', mask);
  const isAuthorization = lower.endsWith('authorization') || secretHeaders.includes(lower);
  if (isAuthorization) return value === '' ? '' : maskAuthorization(value, mask);
  // A challenge names its scheme and realm.
  if (lower === 'www-authenticate') return value;
  const masked = maskValue(name, value, mask);
  return kindOf(name) !== undefined && masked === value && value !== '' ? dots : masked;
};
