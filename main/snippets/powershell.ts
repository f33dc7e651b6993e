import type { Dialect } from './dialect.ts';

/** Within single quotes PowerShell reads typographic single quotes as `'` too (about_Quoting_Rules). */
const quote = (text: string) => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

const withVariable = (plain: string, variable: string) => `"${plain}$env:${variable}"`;

/** PowerShell 7. Since 7.3 a double quote in a word reaches curl; form values avoid it. */
export const powershell: Dialect = {
  // Not `curl`: in 5.1 that is an alias of Invoke-WebRequest.
  curl: 'curl.exe',
  direct: ['-q', "--noproxy '*'"],
  // Schannel refuses a certificate whose CA has no revocation list, as a local CA has none.
  tlsOptions: ['--ssl-no-revoke'],
  continuation: '`',
  bare: /^[A-Za-z/][\w./:=@+\\-]*$/,
  // curl.exe without "Unicode" support gets its words in the ANSI code page, so encode non-ASCII letters.
  unsafe: /[^ -~]|"/,
  quote,
  withVariable,
  // Passwords, and secrets in a form, can hold any character, so PowerShell encodes them. Tokens are URL-safe.
  fieldWithVariable: (name, variable, secret) =>
    secret === 'password' || secret === 'consumerSecret'
      ? `-d "${name}=$([uri]::EscapeDataString($env:${variable}))"`
      : `--data-urlencode ${withVariable(`${name}=`, variable)}`,
  setVariable: (variable) => `$env:${variable} = '…'`,
  remarks: [{ when: /--cacert (?:'?\/|"\$env:)/, note: 'On macOS and Linux, use curl instead of curl.exe.' }],
};

/**
 * Windows PowerShell 5.1 puts a word with white space in double quotes when it builds the command line. It escapes
 * neither inner quotes nor backslashes before the closing one (PowerShell issues 1995 and 4358), so we do.
 */
export const powershell51: Dialect = {
  ...powershell,
  quote(text) {
    const escaped = text.replace(/(\\*)"/g, '$1$1\\"');
    // .NET does not count U+FEFF as white space.
    return quote(/[^\S\uFEFF]/.test(text) ? escaped.replace(/\\+$/, '$&$&') : escaped);
  },
  remarks: [{ when: /[^ -~\n]/, note: 'Save a script file as UTF-8 with BOM, for its non-ASCII letters.' }],
};
