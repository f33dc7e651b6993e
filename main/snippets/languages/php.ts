import { escapeText, hex, joinLines, type Language, type ProgramCall } from './language.ts';

const optionLines = ({ method, basic, bearer, form, caFile, insecure, direct }: ProgramCall) => [
  method === 'HEAD' ? '    CURLOPT_NOBODY => true,' : `    CURLOPT_CUSTOMREQUEST => '${method}',`,
  basic !== undefined && `    CURLOPT_USERPWD => ${basic.pair},`,
  bearer !== undefined && `    CURLOPT_HTTPHEADER => ['Authorization: ' . ${bearer.header}],`,
  form.length > 0 && [
    '    CURLOPT_POSTFIELDS => http_build_query([',
    ...form.map(({ name, value }) => `        '${name}' => ${value},`),
    '    ]),',
  ],
  caFile !== undefined && `    CURLOPT_CAINFO => ${caFile},`,
  insecure && ['    CURLOPT_SSL_VERIFYPEER => false,', '    CURLOPT_SSL_VERIFYHOST => 0,'],
  direct && "    CURLOPT_NOPROXY => '*',",
  '    CURLOPT_RETURNTRANSFER => true,',
];

export const php: Language = {
  /** Single quotes, like PHP's own style, where nothing needs an escape. */
  literal: (text) =>
    /^[ -&(-[\]-~]*$/.test(text)
      ? `'${text}'`
      : `"${escapeText(text, {
          special: '"$',
          by: 'point',
          control: (code) => `\\x${hex(code, 2)}`,
          unicode: (code) => `\\u{${hex(code, 4)}}`,
        })}"`,
  variable: (name) => `(string) getenv('${name}')`,
  plus: ' . ',
  note: 'For PHP 7 or later with its curl extension. Save it as call.php, and run: php call.php',
  write: (call) =>
    joinLines([
      '<?php',
      `$curl = curl_init(${call.url});`,
      'curl_setopt_array($curl, [',
      optionLines(call),
      ']);',
      '$body = curl_exec($curl);',
      'if ($body === false) {',
      '    throw new RuntimeException(curl_error($curl));',
      '}',
      'echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), "\\n", $body, "\\n";',
    ]),
};
