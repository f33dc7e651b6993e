import { escapeText, hex, joinLines, type Language, type ProgramCall } from './language.ts';

const trustLines = ({ caFile }: ProgramCall) =>
  caFile !== undefined && [
    '        var roots = KeyStore.getInstance(KeyStore.getDefaultType());',
    '        roots.load(null, null);',
    `        try (var file = new FileInputStream(${caFile})) {`,
    '            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(file)) {',
    '                roots.setCertificateEntry("ca" + roots.size(), certificate);',
    '            }',
    '        }',
    '        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());',
    '        trust.init(roots);',
    '        var tls = SSLContext.getInstance("TLS");',
    '        tls.init(null, trust.getTrustManagers(), null);',
  ];

/** The extended class, because Java compares the host's name as well for other trust managers. */
const insecureLines = [
  '        var trust = new X509ExtendedTrustManager() {',
  '            public void checkClientTrusted(X509Certificate[] chain, String type) {}',
  '            public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}',
  '            public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}',
  '            public void checkServerTrusted(X509Certificate[] chain, String type) {}',
  '            public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}',
  '            public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}',
  '            public X509Certificate[] getAcceptedIssuers() { return new X509Certificate[0]; }',
  '        };',
  '        var tls = SSLContext.getInstance("TLS");',
  '        tls.init(null, new TrustManager[] {trust}, null);',
];

const formLines = ({ form }: ProgramCall) =>
  form.length > 0 && [
    '        var form = String.join("&",',
    form
      .map(({ name, value }) => `            "${name}=" + URLEncoder.encode(${value}, UTF_8)`)
      .join(',\n')
      .concat(');'),
  ];

const requestLines = ({ url, method, form, basic, bearer }: ProgramCall) => [
  basic !== undefined && `        var pair = ${basic.pair};`,
  `        var request = HttpRequest.newBuilder(URI.create(${url}))`,
  basic !== undefined && [
    '            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)))',
  ],
  bearer !== undefined && `            .header("Authorization", ${bearer.header})`,
  form.length > 0 && '            .header("Content-Type", "application/x-www-form-urlencoded")',
  `            .method("${method}", BodyPublishers.${form.length > 0 ? 'ofString(form)' : 'noBody()'})`,
  '            .build();',
];

const importLines = ({ caFile, insecure, basic, form, readsVariables }: ProgramCall) => {
  const names = [
    'java.net.URI',
    'java.net.http.HttpClient',
    'java.net.http.HttpRequest',
    'java.net.http.HttpRequest.BodyPublishers',
    'java.net.http.HttpResponse.BodyHandlers',
    ...(form.length > 0 ? ['java.net.URLEncoder'] : []),
    ...(basic === undefined ? [] : ['java.util.Base64']),
    ...(readsVariables ? ['java.util.Objects'] : []),
    ...(caFile === undefined
      ? []
      : [
          'java.io.FileInputStream',
          'java.security.KeyStore',
          'java.security.cert.CertificateFactory',
          'javax.net.ssl.SSLContext',
          'javax.net.ssl.TrustManagerFactory',
        ]),
    ...(insecure
      ? ['java.net.Socket', 'java.security.cert.X509Certificate'].concat(
          ['SSLContext', 'SSLEngine', 'TrustManager', 'X509ExtendedTrustManager'].map(
            (name) => `javax.net.ssl.${name}`,
          ),
        )
      : []),
  ];
  return [
    ...names.sort().map((name) => `import ${name};`),
    (form.length > 0 || basic !== undefined) && ['', 'import static java.nio.charset.StandardCharsets.UTF_8;'],
    '',
  ];
};

/** A missing variable is null, which Java would send as a text. */
const readVariable = [
  '    static String env(String name) {',
  '        return Objects.requireNonNull(System.getenv(name), "Set " + name + " first.");',
  '    }',
  '',
];

export const java: Language = {
  /** Octal for control characters: Java reads `\u000a` as a line break before it reads literals. */
  literal: (text) =>
    `"${escapeText(text, {
      special: '"',
      by: 'unit',
      control: (code) => `\\${code.toString(8).padStart(3, '0')}`,
      unicode: (code) => `\\u${hex(code, 4)}`,
    })}"`,
  variable: (name) => `env("${name}")`,
  plus: ' + ',
  note: 'For Java 11 or later. Save it as Call.java, and run: java Call.java',
  write: (call) =>
    joinLines([
      importLines(call),
      'public class Call {',
      call.readsVariables && readVariable,
      '    public static void main(String[] args) throws Exception {',
      trustLines(call),
      call.insecure && insecureLines,
      formLines(call),
      requestLines(call),
      '        var client = HttpClient.newBuilder()',
      (call.caFile !== undefined || call.insecure) && '            .sslContext(tls)',
      call.direct && '            .proxy(HttpClient.Builder.NO_PROXY)',
      '            .build();',
      '        var response = client.send(request, BodyHandlers.ofString());',
      '        System.out.println(response.statusCode());',
      '        System.out.println(response.body());',
      '    }',
      '}',
    ]),
};
