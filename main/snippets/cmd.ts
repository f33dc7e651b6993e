import type { Dialect } from './dialect.ts';

/** Quotes an argument by the rules of the Microsoft C runtime: `\"`, and doubled backslashes before a quote. */
const argument = (text: string) => {
  const escaped = text.replace(/(\\*)"/g, '$1$1\\"');
  return /\s/.test(text) ? `"${escaped.replace(/\\+$/, '$&$&')}"` : escaped;
};

const quote = (text: string) => `"${text.replace(/\\+$/, '$&$&')}"`;

const withVariable = (plain: string, variable: string) => `"${plain}%${variable}%"`;

const common: Omit<Dialect, 'quote' | 'remarks'> = {
  curl: 'curl.exe',
  direct: ['-q', '--noproxy *'],
  // Schannel refuses a certificate whose CA has no revocation list, as a local CA has none.
  tlsOptions: ['--ssl-no-revoke'],
  continuation: '^',
  bare: /^[\w./\\:=@+-]+$/,
  // For non-ASCII letters see powershell.ts. `!` is special under delayed expansion; other words need it off.
  unsafe: /[^ -~]|["!]/,
  withVariable,
  fieldWithVariable: (name, variable) => `--data-urlencode ${withVariable(`${name}=`, variable)}`,
  setVariable: (variable) => `set "${variable}=…"`,
};

const limits = {
  when: /=%KEYFOB_(?:PASSWORD|CONSUMER_SECRET)%/,
  note: 'For a password or secret with a double quote, a final backslash or non-ASCII letters, use PowerShell.',
};

/**
 * cmd at its prompt, where percent signs cannot be escaped. A caret before each special character and after each
 * percent sign helps: `%PATH%` becomes `^%^PATH^%`. No variable is named `^PATH^`, so cmd keeps the text and drops the
 * carets. A double quote gets a caret too: cmd does not know `\"` and would treat the rest as unquoted.
 */
export const cmd: Dialect = {
  ...common,
  quote: (text) => (/["%]/.test(text) ? argument(text).replace(/["%^&|<>()]|(?<=%)./gu, '^$&') : quote(text)),
  remarks: [
    limits,
    {
      when: /\^%/,
      note: 'For the prompt only: a batch file needs other percent signs, see the batch form.',
    },
  ],
};

/** cmd in a batch file, where `%%` means a percent sign, quoted or not. */
export const batch: Dialect = {
  ...common,
  quote: (text) =>
    (text.includes('"') ? argument(text).replace(/["^&|<>()]/g, '^$&') : quote(text)).replaceAll('%', '%%'),
  remarks: [
    limits,
    {
      when: /%%/,
      note: 'For a batch file only: the prompt needs other percent signs, see the cmd form.',
    },
    {
      when: /[^ -~\n]/,
      note: 'Save the file as UTF-8 and put chcp 65001 above the command, for its non-ASCII letters.',
    },
  ],
};
