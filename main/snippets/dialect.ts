import type { SnippetSecret } from '../../preload/contract/snippets.ts';

/**
 * The quoting rules of one shell, so that curl gets each word unchanged. No word holds control characters. The tests
 * run bash. For PowerShell and cmd they use parsers written from the published quoting rules.
 */
export interface Dialect {
  readonly curl: string;
  /** Bypasses ~/.curlrc (`-q`, which works only as the first option) and proxy variables. */
  readonly direct: readonly string[];
  /** Options that this platform's curl needs in addition to `--cacert`. */
  readonly tlsOptions: readonly string[];
  /** Ends a line that continues on the next. */
  readonly continuation: string;
  /** A word that needs no quotes. */
  readonly bare: RegExp;
  /** A form value that this shell could change, so it is percent-encoded. */
  readonly unsafe: RegExp;
  /** Quotes one word. */
  quote(text: string): string;
  /** One word of `plain` and the value of a variable. `plain` holds nothing special within double quotes. */
  withVariable(plain: string, variable: string): string;
  /** The option that sends a form field with the value of a variable. */
  fieldWithVariable(name: string, variable: string, secret: SnippetSecret | undefined): string;
  /** The command that sets a variable, with `…` for the value. */
  setVariable(variable: string): string;
  /** Notes to show when the text matches. */
  readonly remarks: readonly { readonly when: RegExp; readonly note: string }[];
}
