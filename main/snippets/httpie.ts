import { toBase64 } from '../../preload/contract/base64.ts';
import type { SecretsMode } from '../../preload/contract/snippets.ts';
import type { SnippetModel } from '../engine/ports/snippet.ts';
import { bash } from './bash.ts';
import { encodeUrl, isHttps } from './encode.ts';
import { escapeText, hex } from './languages/language.ts';
import { trustFileOf } from './trustFile.ts';
import { demandKey, demandNoNul, demandOneLine, demandToken, type UsedSecrets, type Value } from './usedSecrets.ts';

type Basic = NonNullable<SnippetModel['basic']>;
type Field = SnippetModel['form'][number];

const word = (text: string) => (bash.bare.test(text) ? text : bash.quote(text));
const wordOf = (before: string, value: Value) =>
  'variable' in value ? bash.withVariable(before, value.variable) : word(demandOneLine(before + value.text));

/** A text with control characters in one line: a prompt would complete at a tab, and expand `!` on a second line. */
const quoteControls = (text: string): string => {
  const escaped = escapeText(text, {
    special: "'",
    by: 'point',
    control: (code) => `\\x${hex(code, 2)}`,
    unicode: (code) => String.fromCodePoint(code),
  });
  return `$'${escaped.replaceAll('!', '\\x21')}'`;
};

/**
 * A field. HTTPie reads a file for `=@…`, a query parameter for `==…`, and drops some backslashes. It sends the content
 * of a file unchanged, so such values and secrets come from a process substitution.
 */
const item = (field: Field, { fieldValue }: UsedSecrets): string => {
  const { name } = field;
  const value = fieldValue(field);
  if ('variable' in value) return `${name}=@<(printf %s "$${value.variable}")`;
  const text = demandNoNul(name, value.text);
  if (!value.isPlaceholder && !/^[=@]|[\\\p{Cc}]/u.test(text)) return word(`${name}=${text}`);
  return `${name}=@<(printf %s ${/\p{Cc}/u.test(text) ? quoteControls(text) : bash.quote(text)})`;
};

/** `--auth` drops a backslash before a colon, and a variable could have one. */
const basicLines = (basic: Basic, mode: SecretsMode, secrets: UsedSecrets) => {
  const { consumerKey, consumerSecret, provided } = basic;
  demandKey(basic);
  const secret = secrets.secretValue('consumerSecret', consumerSecret);
  if (provided && mode === 'env') {
    // https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
    const id = item({ name: 'client_id', value: consumerKey }, secrets);
    return {
      options: [],
      items: [id, item({ name: 'client_secret', value: consumerSecret, secret: 'consumerSecret' }, secrets)],
    };
  }
  if (provided && mode === 'real' && `${consumerKey}${consumerSecret}`.includes('\\')) {
    return { options: [], items: [word(`Authorization:Basic ${toBase64(`${consumerKey}:${consumerSecret}`)}`)] };
  }
  return { options: [wordOf(`--auth=${consumerKey}:`, secret)], items: [] };
};

/** Writes a call as an HTTPie command for bash and zsh, with the options first, as HTTPie wants them. */
export const writeHttpie = (model: SnippetModel, mode: SecretsMode, secrets: UsedSecrets): string => {
  const { basic, bearer, insecure, direct, form, method } = model;
  const credentials = basic ? basicLines(basic, mode, secrets) : { options: [], items: [] };
  const file = trustFileOf(model);
  const skip = insecure && isHttps(model.url);
  return [
    // In a script, HTTPie would read the body from the standard input.
    `${direct ? "no_proxy='*' " : ''}http --ignore-stdin${form.length > 0 ? ' --form' : ''}`,
    ...(skip ? ['--verify=no'] : []),
    ...(file === undefined ? [] : [wordOf('--verify=', file)]),
    ...credentials.options,
    ...(bearer === undefined
      ? []
      : [`--auth-type=bearer ${wordOf('--auth=', secrets.secretValue('accessToken', demandToken(bearer)))}`]),
    `${method} ${word(encodeUrl(model.url))}`,
    ...credentials.items,
    ...form.map((field) => item(field, secrets)),
  ].join(' \\\n  ');
};
