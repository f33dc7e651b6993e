import { toBase64 } from '../../preload/contract/base64.ts';
import type { SecretsMode, SnippetSecret } from '../../preload/contract/snippets.ts';
import type { SnippetModel } from '../engine/ports/snippet.ts';
import type { Dialect } from './dialect.ts';
import { encodeFormValue, encodeUrl, isHttps } from './encode.ts';
import { trustFileOf } from './trustFile.ts';
import { demandKey, demandOneLine, type UsedSecrets } from './usedSecrets.ts';

/** A form value that needs no encoding, so `-d` sends it unchanged. */
const plain = /^[\w./@:,-]*$/;

const methodOptions = ({ method, form }: SnippetModel): readonly string[] => {
  if (method === (form.length > 0 ? 'POST' : 'GET')) return [];
  return method === 'HEAD' ? ['-I'] : ['-X', method];
};

const createWordWriter = (dialect: Dialect, { secretValue, fieldValue }: UsedSecrets) => {
  /** Names of percent-encoded form fields. */
  const encoded: string[] = [];

  const word = (text: string) => (dialect.bare.test(demandOneLine(text)) ? text : dialect.quote(text));

  const withSecret = (before: string, text: string | null, secret: SnippetSecret) => {
    const value = secretValue(secret, text);
    if ('variable' in value) return dialect.withVariable(before, value.variable);
    // Quoted, so that the real secret can replace the placeholder as it is.
    return value.isPlaceholder ? dialect.quote(before + value.text) : word(before + value.text);
  };

  const field = (of: SnippetModel['form'][number]) => {
    const { name, secret } = of;
    const value = fieldValue(of);
    if ('variable' in value) return dialect.fieldWithVariable(name, value.variable, secret);
    const { text } = value;
    if (value.isPlaceholder) return `--data-urlencode ${dialect.quote(`${name}=${text}`)}`;
    if (dialect.unsafe.test(text)) {
      encoded.push(name);
      return `-d ${word(`${name}=${encodeFormValue(text)}`)}`;
    }
    return `${plain.test(text) ? '-d' : '--data-urlencode'} ${word(`${name}=${text}`)}`;
  };

  return { encoded, word, withSecret, field };
};

type WordWriter = ReturnType<typeof createWordWriter>;
type Basic = NonNullable<SnippetModel['basic']>;

const urlLine = (model: SnippetModel, dialect: Dialect, { word }: WordWriter): string => {
  const url = encodeUrl(model.url);
  return [
    dialect.curl,
    ...(model.direct ? dialect.direct : []),
    ...methodOptions(model),
    // -g: curl reads brackets and braces in a URL as patterns otherwise.
    ...(/[[\]{}]/.test(url) ? ['-g'] : []),
    word(url),
  ].join(' ');
};

const tlsLine = (model: SnippetModel, dialect: Dialect, { word }: WordWriter): readonly string[] => {
  const options = (trust: string) => [[...dialect.tlsOptions, trust].join(' ')];
  if (model.insecure) return isHttps(model.url) ? options('-k') : [];
  const file = trustFileOf(model);
  if (file === undefined) return [];
  return options(`--cacert ${'variable' in file ? dialect.withVariable('', file.variable) : word(file.text)}`);
};

const basicLines = (basic: Basic, dialect: Dialect, mode: SecretsMode, writer: WordWriter): readonly string[] => {
  const { consumerKey, consumerSecret, provided } = basic;
  demandKey(basic);
  if (provided && mode === 'env') {
    // A form field can hold any variable: https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1
    const secret = { name: 'client_secret', value: consumerSecret, secret: 'consumerSecret' } as const;
    return [writer.field({ name: 'client_id', value: consumerKey }), writer.field(secret)];
  }
  const pair = `${consumerKey}:${consumerSecret}`;
  if (provided && mode === 'real' && dialect.unsafe.test(pair)) {
    return [`-H ${writer.withSecret('Authorization: Basic ', toBase64(pair), 'consumerSecret')}`];
  }
  // -u instead of WSO2's Basic header: people can read it, and every shell can put a variable into it.
  return [`-u ${writer.withSecret(`${consumerKey}:`, consumerSecret, 'consumerSecret')}`];
};

/** Writes a call as a curl command, one option a line, and gives the names of percent-encoded form fields. */
export const writeCurl = (model: SnippetModel, dialect: Dialect, mode: SecretsMode, secrets: UsedSecrets) => {
  const writer = createWordWriter(dialect, secrets);
  const { basic, bearer } = model;
  const text = [
    urlLine(model, dialect, writer),
    ...tlsLine(model, dialect, writer),
    ...(basic ? basicLines(basic, dialect, mode, writer) : []),
    ...(bearer === undefined ? [] : [`-H ${writer.withSecret('Authorization: Bearer ', bearer, 'accessToken')}`]),
    ...model.form.map(writer.field),
  ].join(` ${dialect.continuation}\n  `);
  return { text, encoded: writer.encoded };
};
