import { escapeText, hex, joinLines, type Language, type ProgramCall } from './language.ts';

const check = ['\tif err != nil {', '\t\tlog.Fatal(err)', '\t}'];

const clientLines = ({ caFile, insecure, direct }: ProgramCall) => [
  caFile !== undefined && [
    `\tca, err := os.ReadFile(${caFile})`,
    ...check,
    '\troots := x509.NewCertPool()',
    '\troots.AppendCertsFromPEM(ca)',
  ],
  '\tclient := &http.Client{Transport: &http.Transport{',
  !direct && '\t\tProxy: http.ProxyFromEnvironment,',
  caFile !== undefined && '\t\tTLSClientConfig: &tls.Config{RootCAs: roots},',
  insecure && '\t\tTLSClientConfig: &tls.Config{InsecureSkipVerify: true},',
  '\t}}',
];

/** gofmt aligns the values. */
const formLines = ({ form }: ProgramCall) => {
  const width = Math.max(0, ...form.map(({ name }) => name.length));
  return (
    form.length > 0 && [
      '\tform := url.Values{',
      ...form.map(({ name, value }) => `\t\t${`"${name}":`.padEnd(width + 3)} {${value}},`),
      '\t}',
    ]
  );
};

const requestLines = ({ method, url, form, basic, bearer }: ProgramCall) => [
  `\trequest, err := http.NewRequest("${method}", ${url}, ${form.length > 0 ? 'strings.NewReader(form.Encode())' : 'nil'})`,
  ...check,
  form.length > 0 && '\trequest.Header.Set("Content-Type", "application/x-www-form-urlencoded")',
  basic !== undefined && `\trequest.SetBasicAuth(${basic.key}, ${basic.secret})`,
  bearer !== undefined && `\trequest.Header.Set("Authorization", ${bearer.header})`,
];

/** Go refuses an unused import. */
const importLines = ({ caFile, insecure, form, readsVariables }: ProgramCall) => {
  const names = [
    ...(caFile !== undefined || insecure ? ['crypto/tls'] : []),
    ...(caFile === undefined ? [] : ['crypto/x509']),
    ...['fmt', 'io', 'log', 'net/http'],
    ...(form.length > 0 ? ['net/url'] : []),
    ...(caFile !== undefined || readsVariables ? ['os'] : []),
    ...(form.length > 0 ? ['strings'] : []),
  ];
  return ['import (', ...names.map((name) => `\t"${name}"`), ')', ''];
};

export const go: Language = {
  literal: (text) =>
    `"${escapeText(text, {
      special: '"',
      by: 'point',
      control: (code) => `\\x${hex(code, 2)}`,
      unicode: (code) => (code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`),
    })}"`,
  variable: (name) => `os.Getenv("${name}")`,
  plus: ' + ',
  note: 'Save it as call.go, and run: go run call.go',
  write: (call) =>
    joinLines([
      'package main',
      '',
      importLines(call),
      'func main() {',
      clientLines(call),
      formLines(call),
      requestLines(call),
      '\tresponse, err := client.Do(request)',
      ...check,
      '\tdefer response.Body.Close()',
      '\tbody, err := io.ReadAll(response.Body)',
      ...check,
      '\tfmt.Println(response.Status)',
      '\tfmt.Println(string(body))',
      '}',
    ]),
};
