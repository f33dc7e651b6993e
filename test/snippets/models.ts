import fc from 'fast-check';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';

/** Values that a shell or curl could misread. */
export const hostileValues: readonly string[] = [
  `it's`,
  `say "hi"`,
  `'"'"'`,
  '100%',
  '%PATH%',
  '%PATH:~0,3%',
  '%PATH:a=b%',
  '%%PATH%%',
  '%1 %* %~dp0',
  '^caret^',
  '^%PATH^%',
  '$HOME $(id) `id` $$',
  '$env:PATH',
  '!! !$ wow!',
  '!!',
  'a!b',
  'a&b|c<d>e(f)g;h',
  'line\nbreak',
  'cr\r\nlf\n',
  'tab\there',
  'naïve é 日本 🔑',
  '‘typographic’ “quotes”',
  '@/etc/passwd',
  '=@file',
  '-k',
  '--insecure',
  '~root',
  '*?[a-z]{1,2}',
  'back\\slash\\',
  'two\\\\',
  '\\"',
  'blank at end \\',
  '"quoted\\"',
  ' leading and trailing ',
  'a+b=c&d=e',
  '#comment',
  '--% x',
  '\u00a0\u2028\ufeff\\',
  '\ufeff\\',
  '@splat',
];

const piece = fc.oneof(
  fc.constantFrom(...hostileValues),
  fc.constantFrom(
    ...Array.from('\'"%^$`!&|<>()[]{}\\/@-~#=+,;:?* \t\n'),
    '\r\n',
    '%A',
    'PATH%',
    '\\"',
    "\\'",
    'é',
    '’',
    '🔑',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);

/** Any text without NUL, mostly hostile. */
export const hostileText = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join('').replaceAll('\0', ''));

/** The same on one line, for values outside a form. */
export const hostileLine = hostileText.map((text) => text.replace(/\p{Cc}/gu, ''));

/** A path and query; no fragment, no dots and no backslashes, which curl and servers rewrite. */
const hostilePath = hostileLine.map((text) => `/a${text.replace(/[#.\\%]/g, '')}%20b`);

export const base: SnippetModel = {
  call: 'token',
  url: 'https://localhost:8243/token',
  method: 'POST',
  form: [],
  caFile: '/home/ann/keyfob/ca.pem',
  insecure: false,
  direct: true,
};

/** What another server may issue: printable ASCII, and no colon in the key. */
export const hostileCredentials = fc
  .tuple(hostileLine, hostileLine)
  .map((texts) => texts.map((text) => text.replace(/[^ -~]/gu, '').trim()))
  .map(([key = '', secret = '']) => ({
    consumerKey: key.replaceAll(':', '') || '"k e%y!$',
    consumerSecret: secret || `'s"e %cret!$`,
    provided: true,
  }));

export const consumerKey = 'Hq3nX_9vYb2LkWzR7tPcJ5sDfGa';

/** Calls with a hostile value wherever a person or machine can choose one. */
export const hostileModel: fc.Arbitrary<SnippetModel> = fc.record({
  call: fc.constant('token' as const),
  url: hostilePath.map((path) => `https://localhost:8243${path}`),
  method: fc.constantFrom('POST', 'PUT'),
  form: fc.tuple(hostileText, hostileText, hostileText).map(([username, password, scope]) => [
    { name: 'grant_type', value: 'password' },
    { name: 'username', value: username },
    { name: 'password', value: password, secret: 'password' as const },
    { name: 'scope', value: scope },
  ]),
  basic: hostileLine.map((consumerSecret) => ({ consumerKey, consumerSecret })),
  bearer: hostileLine.map((text) => `${text}x`),
  caFile: hostileLine.map((text) => `C:\\${text}x`),
  insecure: fc.constant(false),
  direct: fc.boolean(),
});
