import { escapeText, hex, joinLines, type Language, type ProgramCall } from './language.ts';

const handlerLines = ({ caFile, insecure, direct }: ProgramCall) => [
  'using var handler = new SocketsHttpHandler();',
  direct && 'handler.UseProxy = false;',
  insecure && 'handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;',
  caFile !== undefined && [
    'var policy = new X509ChainPolicy',
    '{',
    '    TrustMode = X509ChainTrustMode.CustomRootTrust,',
    '    RevocationMode = X509RevocationMode.NoCheck,',
    '};',
    `policy.CustomTrustStore.ImportFromPemFile(${caFile});`,
    'handler.SslOptions.CertificateChainPolicy = policy;',
  ],
];

const requestLines = ({ method, url, basic, bearer, form }: ProgramCall) => [
  `using var request = new HttpRequestMessage(HttpMethod.${method.charAt(0)}${method.slice(1).toLowerCase()}, ${url});`,
  basic !== undefined && [
    'request.Headers.Authorization = new AuthenticationHeaderValue(',
    `    "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(${basic.pair})));`,
  ],
  bearer !== undefined && `request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ${bearer.token});`,
  form.length > 0 && [
    'request.Content = new FormUrlEncodedContent(new Dictionary<string, string>',
    '{',
    ...form.map(({ name, value }) => `    ["${name}"] = ${value},`),
    '});',
  ],
];

const usingLines = ({ caFile, basic, bearer }: ProgramCall) => [
  ...(basic === undefined && bearer === undefined ? [] : ['using System.Net.Http.Headers;']),
  ...(caFile === undefined ? [] : ['using System.Security.Cryptography.X509Certificates;']),
  ...(basic === undefined ? [] : ['using System.Text;']),
];

export const csharp: Language = {
  /** Not `\x`, which reads up to four digits. */
  literal: (text) =>
    `"${escapeText(text, {
      special: '"',
      by: 'unit',
      control: (code) => `\\u${hex(code, 4)}`,
      unicode: (code) => `\\u${hex(code, 4)}`,
    })}"`,
  variable: (name) => `Environment.GetEnvironmentVariable("${name}")!`,
  plus: ' + ',
  note: 'For .NET 7 or later. Save it as Program.cs of a console project, and run: dotnet run',
  write(call) {
    const using = usingLines(call);
    return joinLines([
      using,
      using.length > 0 && '',
      handlerLines(call),
      'using var client = new HttpClient(handler);',
      requestLines(call),
      'using var response = await client.SendAsync(request);',
      'Console.WriteLine($"{(int)response.StatusCode} {response.ReasonPhrase}");',
      'Console.WriteLine(await response.Content.ReadAsStringAsync());',
    ]);
  },
};
