import { escapeText, hex, joinLines, type Language, type ProgramCall } from './language.ts';

/** https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences */
const literal = (text: string): string =>
  `"${escapeText(text, {
    special: '"',
    by: 'point',
    control: (code) => `\\x${hex(code, 2)}`,
    unicode: (code) => (code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`),
  })}"`;

const python = {
  literal,
  variable: (name: string) => `os.environ["${name}"]`,
  plus: ' + ',
};

/** The arguments of a request, which both libraries name alike. */
const requestLines = ({ url, basic, bearer, form }: ProgramCall) => [
  `    ${url},`,
  basic && `    auth=(${basic.key}, ${basic.secret}),`,
  bearer !== undefined && `    headers={"Authorization": ${bearer.header}},`,
  form.length > 0 && ['    data={', ...form.map(({ name, value }) => `        "${name}": ${value},`), '    },'],
];

const imports = ({ readsVariables }: ProgramCall, ...names: readonly string[]) => {
  const used = [...(readsVariables ? ['os'] : []), ...names].sort();
  return used.length > 0 && [...used.map((name) => `import ${name}`), ''];
};

export const pythonRequests: Language = {
  ...python,
  note: 'For Python 3 with the package requests.',
  write: (call) =>
    joinLines([
      imports(call),
      'import requests',
      '',
      // A session can ignore proxies and .netrc.
      call.direct && ['session = requests.Session()', 'session.trust_env = False'],
      `response = ${call.direct ? 'session' : 'requests'}.${call.method.toLowerCase()}(`,
      requestLines(call).map((line) => line ?? false),
      call.caFile !== undefined && `    verify=${call.caFile},`,
      call.insecure && '    verify=False,',
      ')',
      'print(response.status_code, response.reason)',
      'print(response.text)',
    ]),
};

export const pythonHttpx: Language = {
  ...python,
  note: 'For Python 3 with the package httpx.',
  write: (call) =>
    joinLines([
      imports(call, ...(call.caFile === undefined ? [] : ['ssl'])),
      'import httpx',
      '',
      `response = httpx.${call.method.toLowerCase()}(`,
      requestLines(call).map((line) => line ?? false),
      call.caFile !== undefined && `    verify=ssl.create_default_context(cafile=${call.caFile}),`,
      call.insecure && '    verify=False,',
      call.direct && '    trust_env=False,',
      ')',
      'print(response.status_code, response.reason_phrase)',
      'print(response.text)',
    ]),
};
