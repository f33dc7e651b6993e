import { fromBase64 } from '../../../preload/contract/base64.ts';
import type { ReadCommand } from '../../../preload/contract/keys.ts';
import { badInput } from '../errors.ts';
import { type CurlOption, curlOptions } from './curlOptions.ts';
import { shellOf, shellWords } from './shellWords.ts';

interface Credentials {
  readonly key: string;
  readonly secret: string;
}

const htmlLetters: Readonly<Record<string, string>> = { quot: '"', '#34': '"', '#39': "'", apos: "'", amp: '&' };

/** A portal's copy button may leave HTML in the text (reference 6.5). */
const withoutHtml = (text: string): string =>
  text.replace(/&(quot|#34|#39|apos|amp);/g, (_, name: string) => htmlLetters[name] ?? '');

/** Whether a text stands in the place of a real value in a sample. */
export const isPlaceholder = (text: string): boolean =>
  /^<.*>$|^\{\{.*\}\}$|^\$(?:\w+|\{\w+\})$|^\$env:\w+$|^%\w+%$|^(?:consumer|client)[-_ ]?(?:key|id|secret)$|^[•*x.…]+$/i.test(
    text,
  ) || /^(?:YOUR|MY)_[A-Z\d_]+$/.test(text);

const known = (text: string): string => (isPlaceholder(text) ? '' : text);

const credentialsOf = (text: string): Credentials => {
  const [key = '', ...rest] = text.split(':');
  return { key, secret: rest.join(':') };
};

const knownCredentials = ({ key, secret }: Credentials): Credentials => ({ key: known(key), secret: known(secret) });

/** The credentials of `Authorization: Basic …`; undefined for a placeholder in the place of the base64. */
const basicOf = (header: string): Credentials | undefined => {
  const bytes = fromBase64(header.replace(/^authorization:\s*basic\s+/i, '').trim());
  if (bytes === undefined || !bytes.includes(0x3a) || bytes.some((byte) => byte < 0x20 || byte > 0x7e))
    return undefined;
  return credentialsOf(bytes.map((byte) => String.fromCharCode(byte)).join(''));
};

const formDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
};

/** The fields of a form or a query. */
const fieldsOf = (text: string): readonly (readonly [name: string, value: string])[] =>
  text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...rest] = pair.split('=');
      return [formDecoded(name), formDecoded(rest.join('='))];
    });

const formOf = (options: readonly CurlOption[]): ReadonlyMap<string, string> =>
  new Map(
    options.flatMap(({ name, value }) => {
      if (name === 'data-urlencode') {
        const equals = value.indexOf('=');
        return equals > 0 ? [[value.slice(0, equals), value.slice(equals + 1)] as const] : [];
      }
      return /^data(?:-raw|-ascii|-binary)?$/.test(name) && !value.startsWith('@') ? fieldsOf(value) : [];
    }),
  );

/** The default ports of gateway and server. A port offset moves both. */
const [gatewayPort, serverPort] = [8243, 9443];
const largestOffset = 100;

/** The addresses next to a token address, by WSO2's layout (reference 4.1, 5.1, 5.2). */
export const layoutOf = (
  tokenUrl: string,
  hasMethod: boolean,
): Pick<ReadCommand, 'kind' | 'revokeUrl' | 'introspectUrl'> => {
  const [, origin = '', host = '', port = '', path = ''] =
    /^(https?:\/\/(\[[^\]]+\]|[^:/?#]+)(?::(\d+))?)(\/[^?#]*)?$/i.exec(tokenUrl) ?? [];
  if (path === '/oauth2/token') {
    return { kind: 'wso2-4.x', revokeUrl: `${origin}/oauth2/revoke`, introspectUrl: `${origin}/oauth2/introspect` };
  }
  if (path !== '/token') return { kind: 'other', revokeUrl: '', introspectUrl: '' };
  const offset = Number(port) - gatewayPort;
  const isUsual = offset >= 0 && offset < largestOffset;
  const introspectUrl = isUsual ? `https://${host}:${serverPort + offset}/oauth2/introspect` : '';
  // The portal of 3.2 writes -X POST, and the store of 2.6 does not.
  return { kind: hasMethod ? 'wso2-3.2' : 'wso2-2.6', revokeUrl: `${origin}/revoke`, introspectUrl };
};

const ownParameters = /^(?:grant_type|username|password|scope|client_id|client_secret|refresh_token|validity_period)$/;

/** The address without the parameters of a token request. */
const addressOf = (typed: string): string => {
  const url = /^[a-z]+:\/\//i.test(typed) || typed === '' ? typed : `https://${typed}`;
  const [address = '', query = ''] = url.replace(/#.*$/, '').split('?', 2);
  const kept = query.split('&').filter((pair) => pair !== '' && !ownParameters.test(pair.replace(/=.*$/s, '')));
  return kept.length === 0 ? address : `${address}?${kept.join('&')}`;
};

const warningsOf = (
  read: Omit<ReadCommand, 'warnings'>,
  { more, cleaned, basic }: { readonly more: boolean; readonly cleaned: boolean; readonly basic: 'lost' | 'fine' },
): string[] => {
  const { consumerKey, consumerSecret, tokenUrl, revokeUrl, introspectUrl, insecure, caFile, kind } = read;
  const derived = [revokeUrl, introspectUrl].filter((url) => url !== '');
  const lacks = [
    ...(consumerKey === '' ? ['consumer key'] : []),
    ...(consumerSecret === '' ? ['consumer secret'] : []),
    ...(tokenUrl === '' ? ['token address'] : []),
  ];
  return [
    ...(basic === 'lost' ? ['Its Basic header holds a placeholder, not base64 of key and secret.'] : []),
    ...(lacks.length > 0 ? [`The command has no ${lacks.join(' and no ')}. Enter what is missing.`] : []),
    ...(derived.length > 0 ? [`Derived from the token address, so check: ${derived.join(' and ')}.`] : []),
    ...(kind === 'other' ? [] : ['The kind of server is a guess from the form of the command.']),
    ...(insecure ? ['-k turned the check of the certificate off. Give the CA certificate to keep it on.'] : []),
    ...(caFile === '' ? [] : [`The CA certificate is in the file ${caFile}. Paste its content.`]),
    ...(more ? ['There was more than one command. Only the first was read.'] : []),
    ...(cleaned ? ['The text had HTML escapes, which were undone.'] : []),
  ];
};

/**
 * Reads key, secret and addresses out of a curl command that WSO2's portal or a colleague gave. Throws `bad_input` for a
 * text without such a command; the error never repeats the text.
 */
export const readCommand = (pasted: string): ReadCommand => {
  const command = withoutHtml(pasted);
  const words = shellWords(command, shellOf(command));
  if (words === undefined) {
    throw badInput('command', 'A quote in this command is not closed. Copy the whole command.');
  }
  const start = words.findIndex((word) => /^(?:.*[\\/])?curl(?:\.exe)?$/i.test(word));
  if (start < 0)
    throw badInput('command', 'This text has no curl command. Copy the sample from the portal, as a whole.');
  const { options, more } = curlOptions(words.slice(start + 1));
  const valuesOf = (name: string) => options.filter((option) => option.name === name).map(({ value }) => value);
  const [typedUrl = ''] = valuesOf('url');
  const form = new Map([...fieldsOf(typedUrl.split('?', 2)[1] ?? ''), ...formOf(options)]);

  const [header] = valuesOf('header').filter((text) => /^authorization:\s*basic\b/i.test(text));
  const inHeader = header === undefined ? undefined : basicOf(header);
  const [user] = valuesOf('user');
  const inForm = { key: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
  const credentials = inHeader ?? knownCredentials(user === undefined ? inForm : credentialsOf(user));

  const tokenUrl = addressOf(typedUrl);
  const read = {
    consumerKey: credentials.key,
    consumerSecret: credentials.secret,
    tokenUrl,
    ...layoutOf(tokenUrl, valuesOf('request').length > 0),
    caFile: valuesOf('cacert')[0] ?? '',
    insecure: valuesOf('insecure').length > 0,
  };
  const basic =
    header !== undefined && inHeader === undefined && user === undefined && inForm.key === '' ? 'lost' : 'fine';
  return { ...read, warnings: warningsOf(read, { more, cleaned: command !== pasted, basic }) };
};
