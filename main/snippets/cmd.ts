import type { Dialect } from './dialect.ts';

/** One argument by the rules of the Microsoft C runtime: `\"`, and backslashes doubled before a quote. */
const argument = (text: string) => {
  const escaped = text.replace(/(\\*)"/g, '$1$1\\"');
  return /\s/.test(text) ? `"${escaped.replace(/\\+$/, '$&$&')}"` : escaped;
};

const quote = (text: string) => `"${text.replace(/\\+$/, '$&$&')}"`;

const withVariable = (plain: string, variable: string) => `"${plain}%${variable}%"`;

const common: Omit<Dialect, 'quote' | 'remarks'> = {
  curl: 'curl.exe',
  direct: ['-q', '--noproxy *'],
  // Schannel finds no revocation list of a local CA, and would refuse.
  tlsOptions: ['--ssl-no-revoke'],
  continuation: '^',
  bare: /^[\w./\\:=@+-]+$/,
  // Beyond ASCII: see PowerShell. `!` is special where delayed expansion is on; other words count on its being off.
  unsafe: /[^ -~]|["!]/,
  withVariable,
  fieldWithVariable: (name, variable) => `--data-urlencode ${withVariable(`${name}=`, variable)}`,
  setVariable: (variable) => `set "${variable}=…"`,
};

const limits = {
  when: /%KEYFOB_PASSWORD%/,
  note: 'A password with a double quote, a backslash at its end or letters beyond ASCII needs PowerShell here.',
};

/**
 * cmd at its prompt. Percent signs cannot be escaped there, so a word with one is written with a caret before each
 * special character and after each percent sign: `%PATH%` becomes `^%^PATH^%`, which names a variable `^PATH^` that
 * nobody has, and cmd then drops the carets. A double quote is escaped so as well: cmd does not know `\"`, and would take
 * what follows as outside of quotes.
 */
export const cmd: Dialect = {
  ...common,
  quote: (text) => (/["%]/.test(text) ? argument(text).replace(/["%^&|<>()]|(?<=%)./gu, '^$&') : quote(text)),
  remarks: [
    limits,
    {
      when: /\^%/,
      note: 'For the prompt only: a batch file writes percent signs in another way, see the batch form.',
    },
  ],
};

/** cmd in a batch file, where `%%` is a percent sign, within quotes and without. */
export const batch: Dialect = {
  ...common,
  quote: (text) =>
    (text.includes('"') ? argument(text).replace(/["^&|<>()]/g, '^$&') : quote(text)).replaceAll('%', '%%'),
  remarks: [
    limits,
    {
      when: /%%/,
      note: 'For a batch file only: at the prompt percent signs are written in another way, see the cmd form.',
    },
    { when: /[^ -~\n]/, note: 'Save the file as UTF-8 and have chcp 65001 above: it has letters beyond ASCII.' },
  ],
};
