import { toBase64 } from '../../preload/contract/base64.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { SecretsMode, Shell, SnippetSecret } from '../../preload/contract/snippets.ts';
import type { RenderSnippet, SnippetModel } from '../engine/ports/snippet.ts';
import { bash } from './bash.ts';
import { batch, cmd } from './cmd.ts';
import type { Dialect } from './dialect.ts';
import { encodeFormValue, encodeUrl } from './encode.ts';
import { powershell, powershell51 } from './powershell.ts';
import { secretNames } from './secrets.ts';

const dialects: Readonly<Record<Shell, Dialect>> = {
  bash,
  powershell,
  'powershell-5.1': powershell51,
  cmd,
  batch,
};

/** A form value that needs no encoding, so `-d` sends it unchanged. */
const plain = /^[\w./@:,-]*$/;

const methodOptions = ({ method, form }: SnippetModel): readonly string[] => {
  if (method === (form.length > 0 ? 'POST' : 'GET')) return [];
  return method === 'HEAD' ? ['-I'] : ['-X', method];
};

const secretNote = (secret: SnippetSecret, mode: SecretsMode, dialect: Dialect, whyUnknown: string | undefined) => {
  const { words, placeholder, variable } = secretNames[secret];
  const todo =
    mode === 'env'
      ? `Set the ${words} first: ${dialect.setVariable(variable)}`
      : `Replace ${placeholder} with the ${words}.`;
  return whyUnknown === undefined ? todo : `${todo} ${whyUnknown}`;
};

/** Writes the words of a command for a shell, and collects the secrets that they hold. */
const createWordWriter = (dialect: Dialect, mode: SecretsMode) => {
  const secrets = new Set<SnippetSecret>();
  /** Secrets without a known value. A placeholder replaces them in every mode. */
  const notKept = new Set<SnippetSecret>();
  /** Names of percent-encoded form fields. */
  const encoded: string[] = [];

  const addSecret = (secret: SnippetSecret, value: string | null) => {
    secrets.add(secret);
    if (value === null) notKept.add(secret);
    return secretNames[secret];
  };

  const word = (text: string) => {
    if (/\p{Cc}/u.test(text))
      throw new KeyfobError(
        'bad_input',
        'A command cannot hold control characters. Remove them from the URL, path, key or token.',
      );
    return dialect.bare.test(text) ? text : dialect.quote(text);
  };

  const withSecret = (before: string, value: string | null, secret: SnippetSecret) => {
    const { placeholder, variable } = addSecret(secret, value);
    if (mode === 'env') return dialect.withVariable(before, variable);
    // Quoted, so that the real secret can replace the placeholder as it is.
    return mode === 'placeholder' || value === null ? dialect.quote(before + placeholder) : word(before + value);
  };

  const field = ({ name, value, secret }: SnippetModel['form'][number]) => {
    // https://www.rfc-editor.org/rfc/rfc6749#section-8.2. The `=` also stops curl from reading a file for `@…`.
    if (!/^[\w.-]+$/.test(name))
      throw new KeyfobError('bad_input', 'A form field name has letters, digits, dot, hyphen and underscore only.');
    if (secret !== undefined) {
      const { placeholder, variable } = addSecret(secret, value);
      if (mode === 'env') return dialect.fieldWithVariable(name, variable, secret);
      if (mode === 'placeholder' || value === null)
        return `--data-urlencode ${dialect.quote(`${name}=${placeholder}`)}`;
    }
    if (value === null) throw new Error('A form field without a value must be a secret.');
    if (dialect.unsafe.test(value)) {
      encoded.push(name);
      return `-d ${word(`${name}=${encodeFormValue(value)}`)}`;
    }
    return `${plain.test(value) ? '-d' : '--data-urlencode'} ${word(`${name}=${value}`)}`;
  };

  return { secrets, notKept, encoded, word, withSecret, field };
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

const tlsLine = (
  { url, insecure, caFile }: SnippetModel,
  dialect: Dialect,
  { word }: WordWriter,
): readonly string[] => {
  const trust = insecure ? '-k' : caFile && `--cacert ${word(caFile)}`;
  return /^https:/i.test(encodeUrl(url)) && trust ? [[...dialect.tlsOptions, trust].join(' ')] : [];
};

/** Whether a command can hold a key. A colon would end it: https://www.rfc-editor.org/rfc/rfc7617#section-2. */
const isKey = ({ consumerKey, provided }: Basic): boolean =>
  (provided ? /^[ -9;-~]+$/ : /^[\w.~+/=@-]+$/).test(consumerKey);

const basicLines = (basic: Basic, dialect: Dialect, mode: SecretsMode, writer: WordWriter): readonly string[] => {
  const { consumerKey, consumerSecret, provided } = basic;
  if (!isKey(basic))
    throw new KeyfobError('bad_input', 'A command cannot hold a consumer key with spaces, colons or quotes.');
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

const credentialLines = (
  { basic, bearer }: SnippetModel,
  dialect: Dialect,
  mode: SecretsMode,
  writer: WordWriter,
): readonly string[] => {
  const { withSecret } = writer;
  return [
    ...(basic ? basicLines(basic, dialect, mode, writer) : []),
    ...(bearer === undefined ? [] : [`-H ${withSecret('Authorization: Bearer ', bearer, 'accessToken')}`]),
  ];
};

/**
 * Writes a call as a curl command for a shell, one option a line. Form values are readable (`-d`, `--data-urlencode`)
 * where the shell allows it, else percent-encoded. Under `placeholder` and `env` the text holds no secret. Throws
 * `bad_input` for a value that no command can hold.
 */
export const renderSnippet: RenderSnippet = (model, shell, mode) => {
  const dialect = dialects[shell];
  const writer = createWordWriter(dialect, mode);
  const { secrets, notKept, encoded, field } = writer;
  const text = [
    urlLine(model, dialect, writer),
    ...tlsLine(model, dialect, writer),
    ...credentialLines(model, dialect, mode, writer),
    ...model.form.map(field),
  ].join(` ${dialect.continuation}\n  `);

  const toFillIn = [...secrets].filter((secret) => mode !== 'real' || notKept.has(secret));
  const whyUnknown = (secret: SnippetSecret) =>
    model.server === undefined ? secretNames[secret].unknown : `${model.server} issues it, so Keyfob does not have it.`;
  const notes = toFillIn.map((secret) =>
    secretNote(secret, mode, dialect, notKept.has(secret) ? whyUnknown(secret) : undefined),
  );
  if (encoded.length > 0) notes.push(`Percent-encoded, because this shell could change it: ${encoded.join(', ')}.`);
  notes.push(...dialect.remarks.filter(({ when }) => when.test(text)).map(({ note }) => note));
  return {
    text,
    notes,
    containsSecrets: mode === 'real' && secrets.size > notKept.size,
    secrets: [...secrets].map((secret) => {
      const { words, placeholder, variable } = secretNames[secret];
      return { secret, words, placeholder, variable, ...(notKept.has(secret) && { notKept: true as const }) };
    }),
  };
};
