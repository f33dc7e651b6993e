import { escapeText, hex, joinLines, type Language, type ProgramCall } from './language.ts';

const formLines = ({ form }: ProgramCall) =>
  form.length > 0 && [
    'const form = new URLSearchParams({',
    ...form.map(({ name, value }) => `  ${/^[a-z_]+$/i.test(name) ? name : `'${name}'`}: ${value},`),
    '});',
  ];

const optionLines = ({ method, caFile, insecure, direct, basic, bearer, form }: ProgramCall) => [
  `  method: '${method}',`,
  caFile !== undefined && `  ca: readFileSync(${caFile}),`,
  insecure && '  rejectUnauthorized: false,',
  direct && '  agent: false,',
  basic !== undefined && `  auth: ${basic.pair},`,
  bearer !== undefined && `  headers: { Authorization: ${bearer.header} },`,
  form.length > 0 && "  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },",
];

/** A missing variable is `undefined`, which would be sent as a text. */
const readVariable = [
  'function env(name) {',
  "  if (process.env[name] === undefined) throw new Error('Set ' + name + ' first.');",
  '  return process.env[name];',
  '}',
  '',
];

/** Node's own modules. `fetch` takes an authority only from a variable that is set before Node starts. */
export const node: Language = {
  literal: (text) =>
    `'${escapeText(text, {
      special: "'",
      by: 'unit',
      control: (code) => `\\x${hex(code, 2)}`,
      unicode: (code) => `\\u${hex(code, 4)}`,
    })}'`,
  variable: (name) => `env('${name}')`,
  plus: ' + ',
  note: 'Save it as call.mjs, and run: node call.mjs',
  write(call) {
    const protocol = call.isHttps ? 'https' : 'http';
    return joinLines([
      "import { once } from 'node:events';",
      call.caFile !== undefined && "import { readFileSync } from 'node:fs';",
      `import ${protocol} from 'node:${protocol}';`,
      "import { text } from 'node:stream/consumers';",
      '',
      call.readsVariables && readVariable,
      formLines(call),
      `const request = ${protocol}.request(${call.url}, {`,
      optionLines(call),
      '});',
      `request.end(${call.form.length > 0 ? 'form.toString()' : ''});`,
      "const [response] = await once(request, 'response');",
      'console.log(response.statusCode, response.statusMessage);',
      'console.log(await text(response));',
    ]);
  },
};
