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

/** A form value that is its own encoding: `-d` sends it as it is. */
const plain = /^[\w./@:,-]*$/;

const methodOptions = ({ method, form }: SnippetModel): readonly string[] => {
  if (method === (form.length > 0 ? 'POST' : 'GET')) return [];
  return method === 'HEAD' ? ['-I'] : ['-X', method];
};

const secretNote = (secret: SnippetSecret, mode: SecretsMode, dialect: Dialect, isNotKept: boolean) => {
  const { words, placeholder, variable } = secretNames[secret];
  const todo =
    mode === 'env'
      ? `Set the ${words} first: ${dialect.setVariable(variable)}`
      : `Put the ${words} in place of ${placeholder}.`;
  return isNotKept ? `${todo} It was shown once, and is kept as a hash only.` : todo;
};

/**
 * Writes a call as a curl command for a shell, one option a line, fit to be pasted and to be read. Form values are
 * written so that they can be read where the shell allows (`-d`, `--data-urlencode`) and percent-encoded where it does
 * not. Under `placeholder` and `env` no secret is in the text. Throws `bad_input` for what no command can carry.
 */
export const renderSnippet: RenderSnippet = (model, shell, mode) => {
  const dialect = dialects[shell];
  const secrets = new Set<SnippetSecret>();
  /** Kept as hashes only: a placeholder stands for them in any case. */
  const notKept = new Set<SnippetSecret>();
  const encoded: string[] = [];

  const word = (text: string) => {
    if (/\p{Cc}/u.test(text))
      throw new KeyfobError(
        'bad_input',
        'A URL, path, key or token with a control character cannot be written as a command; remove it.',
      );
    return dialect.bare.test(text) ? text : dialect.quote(text);
  };

  const withSecret = (before: string, value: string | null, secret: SnippetSecret) => {
    secrets.add(secret);
    if (value === null) notKept.add(secret);
    const { placeholder, variable } = secretNames[secret];
    if (mode === 'env') return dialect.withVariable(before, variable);
    // In quotes already, for what will take its place.
    return mode === 'placeholder' || value === null ? dialect.quote(before + placeholder) : word(before + value);
  };

  const field = ({ name, value, secret }: SnippetModel['form'][number]) => {
    // RFC 6749 section 8.2. The `=` after it also keeps curl from reading a file for a value that starts with `@`.
    if (!/^[\w.-]+$/.test(name))
      throw new KeyfobError('bad_input', 'A form field is named by letters, digits, dot, hyphen and underscore.');
    if (secret !== undefined) {
      secrets.add(secret);
      if (value === null) notKept.add(secret);
      const { placeholder, variable } = secretNames[secret];
      if (mode === 'env') return dialect.fieldWithVariable(name, variable, secret);
      if (mode === 'placeholder' || value === null)
        return `--data-urlencode ${dialect.quote(`${name}=${placeholder}`)}`;
    }
    if (value === null) throw new Error('Only a secret may be without its value.');
    if (dialect.unsafe.test(value)) {
      encoded.push(name);
      return `-d ${word(`${name}=${encodeFormValue(value)}`)}`;
    }
    return `${plain.test(value) ? '-d' : '--data-urlencode'} ${word(`${name}=${value}`)}`;
  };

  const url = encodeUrl(model.url);
  const lines = [
    // -g: brackets and braces in a URL are no patterns.
    [
      dialect.curl,
      ...(model.direct ? dialect.direct : []),
      ...methodOptions(model),
      ...(/[[\]{}]/.test(url) ? ['-g'] : []),
      word(url),
    ].join(' '),
  ];
  const trust = model.insecure ? '-k' : model.caFile && `--cacert ${word(model.caFile)}`;
  if (/^https:/i.test(url) && trust) lines.push([...dialect.tlsOptions, trust].join(' '));
  if (model.basic) {
    const { consumerKey, consumerSecret } = model.basic;
    // A colon would end the key (RFC 7617 section 2).
    if (!/^[\w.~+/=@-]+$/.test(consumerKey))
      throw new KeyfobError('bad_input', 'A command cannot hold a consumer key with spaces, colons or quotes.');
    // -u, where WSO2 shows a Basic header: one can read it, and every shell can put a variable into it.
    lines.push(`-u ${withSecret(`${consumerKey}:`, consumerSecret, 'consumerSecret')}`);
  }
  if (model.bearer !== undefined) lines.push(`-H ${withSecret('Authorization: Bearer ', model.bearer, 'accessToken')}`);
  lines.push(...model.form.map(field));
  const text = lines.join(` ${dialect.continuation}\n  `);

  const toFillIn = [...secrets].filter((secret) => mode !== 'real' || notKept.has(secret));
  const notes = toFillIn.map((secret) => secretNote(secret, mode, dialect, notKept.has(secret)));
  if (encoded.length > 0)
    notes.push(`Percent-encoded, as this shell might not pass it on unchanged: ${encoded.join(', ')}.`);
  notes.push(...dialect.remarks.filter(({ when }) => when.test(text)).map(({ note }) => note));
  return {
    text,
    notes,
    containsSecrets: mode === 'real' && secrets.size > notKept.size,
    secrets: [...secrets].map((secret) => ({
      secret,
      ...secretNames[secret],
      ...(notKept.has(secret) && { notKept: true as const }),
    })),
  };
};
