import type { Dialect } from './dialect.ts';

/** Within single quotes PowerShell takes typographic single quotes for `'` too (about_Quoting_Rules). */
const quote = (text: string) => `'${text.replace(/['‘’‚‛]/g, '$&$&')}'`;

const withVariable = (plain: string, variable: string) => `"${plain}$env:${variable}"`;

/** PowerShell 7. A double quote within a word reaches curl since 7.3; form values avoid it. */
export const powershell: Dialect = {
  // Not `curl`: in 5.1 that is an alias of Invoke-WebRequest.
  curl: 'curl.exe',
  direct: ['-q', "--noproxy '*'"],
  // Schannel finds no revocation list of a local CA, and would refuse.
  tlsOptions: ['--ssl-no-revoke'],
  continuation: '`',
  bare: /^[A-Za-z/][\w./:=@+\\-]*$/,
  // Beyond ASCII: curl.exe builds without "Unicode" get their words in the ANSI code page.
  unsafe: /[^ -~]|"/,
  quote,
  withVariable,
  // A password may hold anything, so PowerShell encodes it before it becomes a word; the other secrets are URL-safe.
  fieldWithVariable: (name, variable, secret) =>
    secret === 'password'
      ? `-d "${name}=$([uri]::EscapeDataString($env:${variable}))"`
      : `--data-urlencode ${withVariable(`${name}=`, variable)}`,
  setVariable: (variable) => `$env:${variable} = '…'`,
  remarks: [{ when: /--cacert '?\//, note: 'On macOS and Linux write curl instead of curl.exe.' }],
};

/**
 * Windows PowerShell 5.1 puts a word with white space between double quotes when it builds the command line, and escapes
 * neither quotes within nor backslashes before the closing one (PowerShell issues 1995 and 4358): that is done here.
 */
export const powershell51: Dialect = {
  ...powershell,
  quote(text) {
    const escaped = text.replace(/(\\*)"/g, '$1$1\\"');
    // .NET does not count U+FEFF as white space.
    return quote(/[^\S\uFEFF]/.test(text) ? escaped.replace(/\\+$/, '$&$&') : escaped);
  },
  remarks: [{ when: /[^ -~\n]/, note: 'In a script file, save it as UTF-8 with BOM: it has letters beyond ASCII.' }],
};
