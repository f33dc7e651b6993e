import { fromBase64 } from '../../../preload/contract/base64.ts';
import { keyType } from '../../../preload/contract/values.ts';
import { entriesOf, isObject, isTrue, listOf, memberOf, type Notes, textOf } from '../apis/openApi/values.ts';
import { isPlaceholder } from '../clients/readCommand.ts';
import type { ForeignKeys } from './foreign.ts';

/** The oldest version that writes its JWTs in a format, newest first: 402 is 4.2. */
const formats = [
  [402, 'apim42'],
  [302, 'apim32'],
  [0, 'apim26'],
] as const;

/** The token format of an application's token type at a version of API Manager, such as `v4.3.0`. */
export const tokenFormatOf = (
  tokenType: string | undefined,
  version: string | undefined,
): ForeignKeys['tokenFormat'] => {
  if (tokenType !== 'JWT') return tokenType === undefined ? undefined : 'opaque';
  const [, major = '4', minor = '2'] = /^v?(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  const number = Number(major) * 100 + Number(minor);
  return formats.find(([least]) => number >= least)?.[1];
};

/** Base64 of printable text, which apictl writes; undefined for any other text. */
const decodedSecret = (text: string): string | undefined => {
  const bytes = fromBase64(text);
  if (bytes === undefined || bytes.some((byte) => byte < 0x20 || byte > 0x7e)) return undefined;
  return bytes.map((byte) => String.fromCharCode(byte)).join('');
};

/** The secret of an archive: from 4.0 on it is base64, and older versions write it plain. */
const secretOf = (value: unknown, isEncoded: boolean, what: string, notes: Notes): string | undefined => {
  const text = textOf(value);
  if (text === undefined || isPlaceholder(text)) return undefined;
  if (!isEncoded) return text;
  const decoded = decodedSecret(text);
  notes.add(
    decoded === undefined
      ? `The secret of the ${what} keys is read as it is: it is not base64 of text.`
      : `The secret of the ${what} keys is decoded from base64, as apictl writes it.`,
  );
  return decoded ?? text;
};

/** Seconds of a number or a text; undefined for `N/A`, nothing and nonsense. API Manager's largest number means never. */
const secondsOf = (value: unknown): number | undefined => {
  const text = textOf(value);
  if (text === undefined || !/^-?\d+$/.test(text)) return undefined;
  const seconds = Number(text);
  if (seconds === 0) return undefined;
  return seconds > 31_536_000_000 ? -1 : seconds;
};

const grantsOf = (value: unknown): readonly string[] | undefined => {
  const grants = Array.isArray(value) ? value.flatMap((one) => textOf(one) ?? []) : textOf(value)?.split(/[\s,]+/);
  return grants === undefined || grants.length === 0 ? undefined : grants;
};

/** Properties of a key, as an object or as JSON text in a text. */
const propertiesOf = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
};

const settingsOf = (properties: unknown): Omit<ForeignKeys, 'consumerKey' | 'keyType'> => {
  const of = (name: string) => memberOf(properties, name);
  const has = (name: string) => textOf(of(name)) !== undefined || typeof of(name) === 'boolean';
  return {
    ...(has('pkceMandatory') && { pkce: isTrue(of('pkceMandatory')) ? 'required' : 'optional' }),
    ...(has('pkceSupportPlain') && { pkcePlain: isTrue(of('pkceSupportPlain')) }),
    ...(has('bypassClientCredentials') && { publicClient: isTrue(of('bypassClientCredentials')) }),
    lifetimes: {
      application: secondsOf(of('application_access_token_expiry_time')),
      user: secondsOf(of('user_access_token_expiry_time')),
      refresh: secondsOf(of('refresh_token_expiry_time')),
    },
  };
};

interface KeyContext {
  readonly isEncoded: boolean;
  readonly tokenFormat: ForeignKeys['tokenFormat'];
  /** Whether the server hashes secrets, so that the file has none that works. */
  readonly isHashed: boolean;
  readonly notes: Notes;
}

/** Whether a value is a key of a portal or an archive. */
export const isKey = (value: unknown): boolean =>
  isObject(value) && textOf(value.consumerKey ?? value.clientId) !== undefined;

/** Reads one key of the portal's REST API, of 4.x archives, or of 2.5's. */
export const serverKey = (value: unknown, { isEncoded, tokenFormat, isHashed, notes }: KeyContext): ForeignKeys => {
  const of = (name: string) => memberOf(value, name);
  const type = keyType.safeParse(textOf(of('keyType') ?? of('type')));
  const what = type.success ? type.data : 'imported';
  const token = of('token');
  if (textOf(memberOf(token, 'accessToken') ?? of('accessToken')) !== undefined) {
    notes.add('Access tokens of the file are left out. Keyfob issues its own.');
  }
  if (isHashed) notes.add(`The server stores hashes of secrets, so the file has no secret for the ${what} keys.`);
  const parameters = of('parameters');
  const settings = settingsOf(propertiesOf(of('additionalProperties') ?? memberOf(parameters, 'additionalProperties')));
  const validity = secondsOf(memberOf(token, 'validityTime') ?? of('validityPeriod') ?? of('validityTime'));
  const secret = isHashed ? undefined : secretOf(of('consumerSecret') ?? of('clientSecret'), isEncoded, what, notes);
  const grants = grantsOf(of('supportedGrantTypes') ?? of('grantTypes') ?? memberOf(parameters, 'grant_types'));
  const callbackUrl = textOf(of('callbackUrl') ?? of('callBackURL'));
  return {
    ...(type.success && { keyType: type.data }),
    consumerKey: textOf(of('consumerKey') ?? of('clientId')) ?? '',
    ...(secret !== undefined && { consumerSecret: secret }),
    ...(grants !== undefined && { grantTypes: grants }),
    ...(callbackUrl !== undefined && { callbackUrl }),
    ...(tokenFormat !== undefined && { tokenFormat }),
    ...settings,
    lifetimes: { ...settings.lifetimes, application: settings.lifetimes?.application ?? validity },
  };
};

const residentNames: ReadonlySet<string> = new Set(['Resident Key Manager', 'Default', 'default']);

/** The keys of a list, at most one of each key type: those of the server's own key manager come first. */
export const serverKeys = (value: unknown, context: KeyContext): readonly ForeignKeys[] => {
  const rank = (one: unknown) => (residentNames.has(textOf(memberOf(one, 'keyManager')) ?? 'Default') ? 0 : 1);
  const found = listOf(value)
    .filter(isKey)
    .toSorted((one, other) => rank(one) - rank(other));
  const byType = new Map<string, unknown>();
  for (const one of found) {
    const type = textOf(memberOf(one, 'keyType') ?? memberOf(one, 'type')) ?? '';
    if (!byType.has(type)) byType.set(type, one);
    else
      context.notes.add(
        `The ${type} keys of ${textOf(memberOf(one, 'keyManager')) ?? 'another key manager'} are left out: an application here has one key set for each key type.`,
      );
  }
  return [...byType.values()].map((one) => serverKey(one, context));
};

/** The keys of 3.1 and 3.2: by key type, then by key manager. */
export const keysByManager = (value: unknown, context: KeyContext): readonly ForeignKeys[] =>
  serverKeys(
    entriesOf(value).flatMap(([type, managers]) =>
      entriesOf(managers).map(([keyManager, key]) => ({ ...(isObject(key) ? key : {}), keyType: type, keyManager })),
    ),
    context,
  );
