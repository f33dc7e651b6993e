import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { type SnippetForm, shell as shells } from '../../preload/contract/snippets.ts';
import { base, consumerKey, hostileModel } from './models.ts';

const token: SnippetModel = {
  ...base,
  basic: { consumerKey, consumerSecret: 'w8KzQ1mV_r5TnB4xHjL6yPdSe0a' },
  form: [
    { name: 'grant_type', value: 'password' },
    { name: 'username', value: 'tester' },
    { name: 'password', value: `s3cret & "100%"`, secret: 'password' },
    { name: 'scope', value: 'device_ipad openid' },
  ],
};
const secrets = [
  {
    secret: 'consumerSecret',
    words: 'consumer secret',
    placeholder: 'YOUR_CONSUMER_SECRET',
    variable: 'KEYFOB_CONSUMER_SECRET',
  },
  { secret: 'password', words: 'password', placeholder: 'YOUR_PASSWORD', variable: 'KEYFOB_PASSWORD' },
];
const windows: SnippetModel = { ...token, caFile: 'C:\\Users\\Ann Lee\\keyfob\\ca.pem' };

describe('a token call', () => {
  test('for bash, with its secrets', () => {
    assert.deepEqual(renderSnippet(token, 'bash', 'real'), {
      text: [
        "curl -q --noproxy '*' https://localhost:8243/token \\",
        '  --cacert /home/ann/keyfob/ca.pem \\',
        '  -u Hq3nX_9vYb2LkWzR7tPcJ5sDfGa:w8KzQ1mV_r5TnB4xHjL6yPdSe0a \\',
        '  -d grant_type=password \\',
        '  -d username=tester \\',
        `  --data-urlencode 'password=s3cret & "100%"' \\`,
        "  --data-urlencode 'scope=device_ipad openid'",
      ].join('\n'),
      notes: [],
      containsSecrets: true,
      secrets,
    });
  });

  test('for bash, with placeholders', () => {
    const { text, notes, containsSecrets } = renderSnippet(token, 'bash', 'placeholder');
    assert.match(text, /-u 'Hq3nX_9vYb2LkWzR7tPcJ5sDfGa:YOUR_CONSUMER_SECRET' \\\n/);
    assert.match(text, /--data-urlencode 'password=YOUR_PASSWORD' \\\n/);
    assert.equal(containsSecrets, false);
    assert.deepEqual(notes, [
      'Replace YOUR_CONSUMER_SECRET with the consumer secret.',
      'Replace YOUR_PASSWORD with the password.',
    ]);
  });

  test('for PowerShell, from the environment', () => {
    assert.deepEqual(renderSnippet(windows, 'powershell-5.1', 'env'), {
      text: [
        "curl.exe -q --noproxy '*' https://localhost:8243/token `",
        "  --ssl-no-revoke --cacert 'C:\\Users\\Ann Lee\\keyfob\\ca.pem' `",
        '  -u "Hq3nX_9vYb2LkWzR7tPcJ5sDfGa:$env:KEYFOB_CONSUMER_SECRET" `',
        '  -d grant_type=password `',
        '  -d username=tester `',
        '  -d "password=$([uri]::EscapeDataString($env:KEYFOB_PASSWORD))" `',
        "  --data-urlencode 'scope=device_ipad openid'",
      ].join('\n'),
      notes: [
        "Set the consumer secret first: $env:KEYFOB_CONSUMER_SECRET = '…'",
        "Set the password first: $env:KEYFOB_PASSWORD = '…'",
      ],
      containsSecrets: false,
      secrets,
    });
  });

  test('for the cmd prompt and for a batch file, which escape percent signs differently', () => {
    const cmd = renderSnippet(windows, 'cmd', 'real');
    assert.match(cmd.text, /^curl\.exe -q --noproxy \* https:/);
    assert.match(cmd.text, /^ {2}-d password=s3cret\^%\^20\^%\^26\^%\^20\^%\^22100\^%\^25\^%\^22 \^$/m);
    assert.match(cmd.text, /^ {2}--data-urlencode "scope=device_ipad openid"$/m);
    const batch = renderSnippet(windows, 'batch', 'real');
    assert.match(batch.text, /^ {2}-d "password=s3cret%%20%%26%%20%%22100%%25%%22" \^$/m);
    const encoded = 'Percent-encoded, because this shell could change it: password.';
    assert.deepEqual(cmd.notes, [
      encoded,
      'For the prompt only: a batch file needs other percent signs, see the batch form.',
    ]);
    assert.deepEqual(batch.notes, [
      encoded,
      'For a batch file only: the prompt needs other percent signs, see the cmd form.',
    ]);
  });

  test('for cmd from the environment, with a note on its limits', () => {
    const { text, notes } = renderSnippet(windows, 'cmd', 'env');
    assert.match(text, /--data-urlencode "password=%KEYFOB_PASSWORD%" \^\n/);
    assert.deepEqual(notes, [
      'Set the consumer secret first: set "KEYFOB_CONSUMER_SECRET=…"',
      'Set the password first: set "KEYFOB_PASSWORD=…"',
      'For a password or secret with a double quote, a final backslash or non-ASCII letters, use PowerShell.',
    ]);
  });
});

test('percent-encodes a line break or tab in a form value, because pasting changes it', () => {
  for (const shell of shells.options) {
    const { text, notes } = renderSnippet({ ...base, form: [{ name: 'a', value: 'b\n\tc' }] }, shell, 'real');
    const [last] = text.split('\n').slice(-1);
    assert.match(last ?? '', /^ {2}-d ['"]?a=b\W+0A\W+09c['"]?$/);
    assert.match(notes[0] ?? '', /^Percent-encoded.*: a\.$/);
  }
});

describe('secrets', () => {
  test('do not influence the text under placeholder and env', () => {
    const call = fc.record({
      model: hostileModel,
      shell: fc.constantFrom(...shells.options),
      mode: fc.constantFrom('placeholder' as const, 'env' as const),
    });
    fc.assert(
      fc.property(call, hostileModel, ({ model, shell, mode }, other) => {
        const swapped: SnippetModel = {
          ...model,
          ...(other.basic && { basic: other.basic }),
          ...(other.bearer !== undefined && { bearer: other.bearer }),
          form: model.form.map((field, at) => ({
            ...field,
            value: (field.secret ? other : model).form[at]?.value ?? '',
          })),
        };
        const rendered = renderSnippet(model, shell, mode);
        assert.deepEqual(renderSnippet(swapped, shell, mode), rendered);
        assert.equal(rendered.containsSecrets, false);
      }),
    );
  });

  test('are listed only when the call has some', () => {
    const form = [{ name: 'grant_type', value: 'client_credentials' }];
    const real = (model: Partial<SnippetModel>) => renderSnippet({ ...base, ...model }, 'bash', 'real').containsSecrets;
    assert.equal(real({ form }), false);
    assert.equal(real({ form: [{ name: 'token', value: 'x', secret: 'accessToken' }] }), true);
    assert.equal(real({ bearer: 'x' }), true);
    assert.equal(real({ basic: { consumerKey, consumerSecret: 'x' } }), true);
  });
});

test('reads the path of the CA from a variable, in the syntax of each client', () => {
  const expected: Readonly<Record<SnippetForm, string>> = {
    bash: '--cacert "$KEYFOB_CA"',
    powershell: '--cacert "$env:KEYFOB_CA"',
    'powershell-5.1': '--cacert "$env:KEYFOB_CA"',
    cmd: '--cacert "%KEYFOB_CA%"',
    batch: '--cacert "%KEYFOB_CA%"',
    httpie: '"--verify=$KEYFOB_CA"',
    'python-requests': 'verify=os.environ["KEYFOB_CA"],',
    'python-httpx': 'cafile=os.environ["KEYFOB_CA"])',
    node: "ca: readFileSync(env('KEYFOB_CA')),",
    java: 'new FileInputStream(env("KEYFOB_CA"))',
    csharp: 'ImportFromPemFile(Environment.GetEnvironmentVariable("KEYFOB_CA")!)',
    go: 'os.ReadFile(os.Getenv("KEYFOB_CA"))',
    php: "CURLOPT_CAINFO => (string) getenv('KEYFOB_CA'),",
  };
  for (const [form, words] of Object.entries(expected) as [SnippetForm, string][]) {
    for (const mode of ['placeholder', 'env', 'real'] as const) {
      const { text, notes } = renderSnippet({ ...token, caVariable: true }, form, mode);
      assert.ok(text.includes(words), text);
      assert.doesNotMatch(text, /ca\.pem/);
      assert.ok(
        notes.some((note) => note.includes('CA certificate') && note.includes('KEYFOB_CA')),
        notes.join(),
      );
      const unchecked = renderSnippet({ ...token, caVariable: true, insecure: true }, form, mode);
      assert.doesNotMatch(unchecked.text + unchecked.notes, /KEYFOB_CA/);
    }
  }
});

test('has TLS options for HTTPS only, and -k instead of --cacert on request', () => {
  const second = (model: Partial<SnippetModel>, shell: 'bash' | 'cmd') =>
    renderSnippet({ ...base, ...model, method: 'GET' }, shell, 'real').text.split('\n')[1];
  assert.equal(second({}, 'bash'), '  --cacert /home/ann/keyfob/ca.pem');
  assert.equal(second({ insecure: true }, 'bash'), '  -k');
  assert.equal(second({ insecure: true }, 'cmd'), '  --ssl-no-revoke -k');
  assert.equal(second({ url: 'http://localhost:8280/token' }, 'cmd'), undefined);
});

test('refuses a value that no command can hold', () => {
  const refused = (model: Partial<SnippetModel>, mode: 'real' | 'env' = 'real') => {
    for (const shell of shells.options)
      assert.throws(
        () => renderSnippet({ ...base, ...model }, shell, mode),
        (error) => error instanceof KeyfobError && error.code === 'bad_input',
      );
  };
  refused({ bearer: 'one\r\nHost: two' });
  refused({ caFile: '/home/\nann' });
  refused({ basic: { consumerKey, consumerSecret: 'a\0b' } });
  refused({ basic: { consumerKey: 'user:name', consumerSecret: 'x' } });
  refused({ basic: { consumerKey: 'user:name', consumerSecret: 'x', provided: true } });
  refused({ basic: { consumerKey: '$(id)"', consumerSecret: 'x' } }, 'env');
  refused({ form: [{ name: 'a@b', value: 'x' }] });
  refused({ form: [{ name: '', value: 'x' }] });
});

test('cleans a URL as URL parsers do', () => {
  const [first] = renderSnippet(
    { ...base, direct: false, method: 'GET', url: 'https://ex.test/a\n b"é?q=<x>|%41' },
    'bash',
    'real',
  ).text.split(' \\\n');
  assert.equal(first, "curl 'https://ex.test/a%20b%22%C3%A9?q=%3Cx%3E%7C%41'");
});

test('notes tell how to save non-ASCII letters in a file, and how curl is called elsewhere', () => {
  const notes = (shell: 'powershell' | 'powershell-5.1' | 'batch', caFile: string) =>
    renderSnippet({ ...base, method: 'GET', caFile }, shell, 'real').notes.join(' ');
  assert.match(notes('powershell', '/home/ann/ca.pem'), /macOS and Linux, use curl/);
  assert.equal(notes('powershell', 'C:\\ca.pem'), '');
  assert.match(notes('powershell-5.1', 'C:\\José\\ca.pem'), /UTF-8 with BOM/);
  assert.match(notes('batch', 'C:\\José\\ca.pem'), /chcp 65001/);
});
