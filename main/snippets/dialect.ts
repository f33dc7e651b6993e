import type { SnippetSecret } from '../../preload/contract/snippets.ts';

/**
 * How one shell writes words so that curl gets them unchanged. No word holds control characters. The tests run bash;
 * they hold PowerShell and cmd against parsers written from the published quoting rules.
 */
export interface Dialect {
  readonly curl: string;
  /** Goes first: `-q` counts there only. Without it curl obeys ~/.curlrc, and without the other proxy variables. */
  readonly direct: readonly string[];
  /** What this platform's curl needs beside `--cacert`. */
  readonly tlsOptions: readonly string[];
  /** Ends a line that goes on. */
  readonly continuation: string;
  /** A word that needs no quotes. */
  readonly bare: RegExp;
  /** A form value that is better percent-encoded than handed to this shell. */
  readonly unsafe: RegExp;
  /** One word, in quotes. */
  quote(text: string): string;
  /** One word: `plain`, which has nothing that is special within double quotes, and the value of a variable. */
  withVariable(plain: string, variable: string): string;
  /** The option that sends a form field with the value of a variable. */
  fieldWithVariable(name: string, variable: string, secret: SnippetSecret): string;
  /** The command that sets a variable, with `…` for the value. */
  setVariable(variable: string): string;
  /** What to say when the text matches. */
  readonly remarks: readonly { readonly when: RegExp; readonly note: string }[];
}
