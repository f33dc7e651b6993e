import type { Dialect } from './dialect.ts';

const withVariable = (plain: string, variable: string) => `"${plain}$${variable}"`;

/**
 * bash; dash, ksh and zsh read words the same way. Single quotes keep every character, including the `!` of the
 * history. `~` needs quotes: bash expands it in words that look like assignments, such as `username=~ann`. Control
 * characters in form values are encoded: a pasted tab would complete, and old versions expand `!` on the second line of
 * a quoted word.
 */
export const bash: Dialect = {
  curl: 'curl',
  direct: ['-q', "--noproxy '*'"],
  tlsOptions: [],
  continuation: '\\',
  bare: /^[\w./:=@,+%-]+$/,
  unsafe: /\p{Cc}/u,
  quote: (text) => `'${text.replaceAll("'", "'\\''")}'`,
  withVariable,
  fieldWithVariable: (name, variable) => `--data-urlencode ${withVariable(`${name}=`, variable)}`,
  setVariable: (variable) => `export ${variable}='…'`,
  remarks: [],
};
