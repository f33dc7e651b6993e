import type { ReadCommand } from '../../../preload/contract/keys.ts';
import { type KeyType, keyType } from '../../../preload/contract/values.ts';
import { entriesOf, isObject, listOf, memberOf, textOf } from '../apis/openApi/values.ts';
import { isPlaceholder, layoutOf, readCommand } from '../clients/readCommand.ts';
import { badInput } from '../errors.ts';

/** The names under which clients and portals keep each value. */
const names = {
  consumerKey: /^(?:[A-Z]+_)?(?:consumer|client)[-_ ]?(?:key|id)$/i,
  consumerSecret: /^(?:[A-Z]+_)?(?:consumer|client)[-_ ]?secret$/i,
  tokenUrl: /^(?:[A-Z]+_)?(?:access[-_ ]?)?token[-_ ]?(?:url|endpoint|uri)$/i,
} as const;

type Found = { -readonly [N in keyof typeof names]?: string };

const mostParts = 100_000;

/** The objects of a document, outer ones first. Aliases of YAML and long lists are bounded by {@link mostParts}. */
function* objectsIn(document: unknown): Generator<Readonly<Record<string, unknown>>> {
  const open = [document];
  for (let at = 0; at < open.length && at < mostParts; at += 1) {
    const value = open[at];
    if (isObject(value)) yield value;
    const inner = isObject(value) ? Object.values(value) : listOf(value);
    // One by one: a call takes no list of 100,000 arguments.
    for (const one of inner) if (typeof one === 'object') open.push(one);
  }
}

/** A text that is longer is no key, secret or address. */
const longestValue = 4096;

/** The pairs of a document, wherever they are: members with a text, and lists of `{key, value}` or `{name, value}`. */
const pairsOf = (document: unknown): readonly (readonly [name: string, value: string])[] => {
  const pairs: (readonly [string, string])[] = [];
  for (const value of objectsIn(document)) {
    const name = textOf(memberOf(value, 'key') ?? memberOf(value, 'name'));
    const text = textOf(memberOf(value, 'value'));
    if (name !== undefined && text !== undefined) pairs.push([name, text]);
    for (const [member, inner] of entriesOf(value)) {
      const own = textOf(inner);
      if (own !== undefined) pairs.push([member, own]);
    }
  }
  return pairs;
};

/** The credentials of HTTP Basic in a token request of a Postman collection. */
const basicPairs = (document: unknown): ReturnType<typeof pairsOf> => {
  for (const value of objectsIn(document)) {
    const basic = memberOf(memberOf(value, 'auth'), 'basic');
    const url = memberOf(value, 'url');
    const address = textOf(url) ?? textOf(memberOf(url, 'raw')) ?? '';
    if (basic !== undefined && /token/i.test(address)) {
      const fields = new Map(
        Array.isArray(basic) ? pairsOf(basic) : entriesOf(basic).map(([name, text]) => [name, textOf(text) ?? '']),
      );
      const asPair = (name: string, field: string) => [name, fields.get(field) ?? ''] as const;
      return [asPair('clientId', 'username'), asPair('clientSecret', 'password'), ['tokenUrl', address]];
    }
  }
  return [];
};

/** Replaces `{{name}}` and `{{ _.name }}` by its value in the same file. */
const filledIn = (text: string, pairs: ReadonlyMap<string, string>): string =>
  text.replace(/\{\{\s*(?:_\.)?([\w.-]+)\s*\}\}/g, (whole, name: string) => pairs.get(name) ?? whole);

const foundIn = (all: ReturnType<typeof pairsOf>): Found => {
  // A name can repeat a long value a thousand times.
  const pairs = all.filter(([, value]) => value.length <= longestValue);
  const byName = new Map(pairs.toReversed());
  const found: Found = {};
  for (const [name, value] of pairs) {
    const text = filledIn(value, byName);
    if (text === '' || isPlaceholder(text) || /\{\{|\$\{/.test(text)) continue;
    for (const kind of ['consumerKey', 'consumerSecret', 'tokenUrl'] as const) {
      if (names[kind].test(name)) found[kind] ??= text;
    }
  }
  return found;
};

/** `NAME=value` lines, as a `.env` file or a shell has them. */
const envPairs = (text: string): ReturnType<typeof pairsOf> =>
  [...text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*(.*)$/gm)].flatMap(
    ([, name = '', rest = '']) => {
      const [, double, single] = /^(?:"([^"]*)"|'([^']*)')/.exec(rest) ?? [];
      const value = double ?? single ?? rest.replace(/(?:^|\s)#.*$/, '').trim();
      return value === '' ? [] : [[name, value] as const];
    },
  );

/** Keys out of a file of an API client or a `.env` file. */
export interface Credentials extends ReadCommand {
  /** As our own exports name it, else the name of the environment or collection. */
  readonly application?: string;
  readonly keyType?: KeyType;
}

const titleOf = (document: unknown): Pick<Credentials, 'application' | 'keyType'> => {
  const title = textOf(memberOf(document, 'name')) ?? textOf(memberOf(memberOf(document, 'info'), 'name'));
  if (title === undefined) return {};
  const [, application, type] = /^Keyfob: (.*), (PRODUCTION|SANDBOX)(?: \(real secrets\))?$/.exec(title) ?? [];
  const known = keyType.safeParse(type);
  return application !== undefined && known.success ? { application, keyType: known.data } : { application: title };
};

/** Keys in a parsed document; undefined without a consumer key. */
export const credentialsOf = (document: unknown): Credentials | undefined => {
  const found = foundIn([...pairsOf(document), ...basicPairs(document)]);
  return found.consumerKey === undefined ? undefined : completed(found, titleOf(document));
};

/** Keys in the lines of a `.env` file; undefined without a consumer key. */
export const credentialsOfLines = (text: string): Credentials | undefined => {
  const found = foundIn(envPairs(text));
  return found.consumerKey === undefined ? undefined : completed(found, {});
};

const completed = (found: Found, title: Pick<Credentials, 'application' | 'keyType'>): Credentials => {
  const { consumerKey = '', consumerSecret = '', tokenUrl = '' } = found;
  const lacks = [...(consumerSecret === '' ? ['consumer secret'] : []), ...(tokenUrl === '' ? ['token address'] : [])];
  return {
    ...{ consumerKey, consumerSecret, tokenUrl, ...layoutOf(tokenUrl, true), caFile: '', insecure: false },
    warnings: lacks.length === 0 ? [] : [`The file has no ${lacks.join(' and no ')}. Enter what is missing.`],
    ...title,
  };
};

/**
 * Reads keys out of pasted text: a curl command, JSON of an API client or a portal, or `NAME=value` lines. Throws
 * `bad_input` for other text; the error never repeats it.
 */
export const readPastedKeys = (pasted: string): ReadCommand => {
  const isJson = /^\s*[{[]/.test(pasted);
  if (!isJson && /\bcurl\b/.test(pasted)) return readCommand(pasted);
  const found = isJson ? credentialsOf(parsedJson(pasted)) : credentialsOfLines(pasted);
  if (found === undefined) {
    if (isJson)
      throw badInput('command', 'This JSON has no consumer key. Copy the environment or the keys, as a whole.');
    return readCommand(pasted);
  }
  const { application: _, keyType: __, ...read } = found;
  return read;
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw badInput('command', 'This JSON is not complete. Copy it as a whole.');
  }
};
