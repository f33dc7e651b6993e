import { KeyfobError } from '../../preload/contract/errors.ts';
import type { SecretsMode, SnippetSecret } from '../../preload/contract/snippets.ts';
import type { SnippetModel } from '../engine/ports/snippet.ts';
import { secretNames } from './secrets.ts';

type Field = SnippetModel['form'][number];
type Basic = NonNullable<SnippetModel['basic']>;

/** A part of a call: its text, or the environment variable that has the text. */
export type Value = { readonly text: string; readonly isPlaceholder?: true } | { readonly variable: string };

/** Decides how a call contains each secret, and collects the used ones. */
export interface UsedSecrets {
  readonly used: ReadonlySet<SnippetSecret>;
  /** Secrets without a known value. A placeholder replaces them in real mode too. */
  readonly notKept: ReadonlySet<SnippetSecret>;
  secretValue(secret: SnippetSecret, value: string | null): Value;
  /** Throws `bad_input` for a name that no form has. */
  fieldValue(field: Field): Value;
}

/** Starts the collection for one call. */
export const collectSecrets = (mode: SecretsMode): UsedSecrets => {
  const used = new Set<SnippetSecret>();
  const notKept = new Set<SnippetSecret>();

  const secretValue = (secret: SnippetSecret, value: string | null): Value => {
    const { placeholder, variable } = secretNames[secret];
    used.add(secret);
    if (value === null) notKept.add(secret);
    if (mode === 'env') return { variable };
    return mode === 'placeholder' || value === null ? { text: placeholder, isPlaceholder: true } : { text: value };
  };

  const fieldValue = ({ name, value, secret }: Field): Value => {
    // https://www.rfc-editor.org/rfc/rfc6749#section-8.2. The `=` also stops curl from reading a file for `@…`.
    if (!/^[\w.-]+$/.test(name))
      throw new KeyfobError('bad_input', 'A form field name has letters, digits, dot, hyphen and underscore only.');
    if (secret !== undefined) return secretValue(secret, value);
    if (value === null) throw new Error('A form field without a value must be a secret.');
    return { text: value };
  };

  return { used, notKept, secretValue, fieldValue };
};

/**
 * Throws `bad_input` for a key that no command can hold. A colon would end it:
 * https://www.rfc-editor.org/rfc/rfc7617#section-2.
 */
export const demandKey = ({ consumerKey, provided }: Basic): void => {
  if ((provided ? /^[ -9;-~]+$/ : /^[\w.~+/=@-]+$/).test(consumerKey)) return;
  throw new KeyfobError('bad_input', 'A command cannot hold a consumer key with spaces, colons or quotes.');
};

/** Throws `bad_input` for control characters. Headers and command lines cannot hold them. */
export const demandOneLine = (text: string): string => {
  if (!/\p{Cc}/u.test(text)) return text;
  throw new KeyfobError(
    'bad_input',
    'A command cannot hold control characters. Remove them from the URL, path, key or token.',
  );
};

/** Throws `bad_input` for a token with characters that headers have no common encoding for. Null stays. */
export const demandToken = (token: string | null): string | null => {
  if (token === null || /^[ -~]*$/.test(token)) return token;
  throw new KeyfobError('bad_input', 'A token has printable ASCII characters only. Correct the token.');
};

/** Throws `bad_input` for a form value with NUL. Gives the value. */
export const demandNoNul = (name: string, value: string): string => {
  if (!value.includes('\0')) return value;
  throw new KeyfobError('bad_input', `A snippet cannot hold a NUL character. Remove it from ${name}.`);
};
