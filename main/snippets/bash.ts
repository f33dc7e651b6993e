import type { Dialect } from './dialect.ts';

const withVariable = (plain: string, variable: string) => `"${plain}$${variable}"`;

/**
 * bash; dash, ksh and zsh read the same words. Single quotes keep everything, `!` of the history included. No bare `~`:
 * bash expands it in words that look like assignments, as `username=~ann` does. Control characters in form values are
 * encoded, because a pasted tab completes and old versions look for `!` again on the second line of a quoted word.
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
