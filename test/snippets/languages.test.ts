import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { SnippetModel } from '../../main/engine/ports/snippet.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import {
  base,
  consumerKey,
  hostileCredentials,
  hostileLine,
  hostileModel,
  hostileText,
  hostileValues,
} from './models.ts';
import { readLiterals } from './rules/literals.ts';

// Reads programs by the published rules of their literals. test/peers/languages.test.ts runs those whose language is here.

const programs = ['python-requests', 'python-httpx', 'node', 'java', 'csharp', 'go', 'php'] as const;
const forms = [...programs, 'httpie'] as const;

interface Parts {
  readonly key: string;
  readonly secret: string;
  readonly username: string;
  readonly password: string;
  readonly caFile: string;
  readonly bearer: string;
}
const marks: Parts = {
  ...{ key: '<key>', secret: '<secret>', username: '<username>', password: '<password>' },
  ...{ caFile: '<caFile>', bearer: '<bearer>' },
};
const tokenCall = ({ key, secret, username, password, caFile }: Parts): SnippetModel => ({
  ...base,
  caFile,
  basic: { consumerKey: key, consumerSecret: secret, provided: true },
  form: [
    { name: 'grant_type', value: 'password' },
    { name: 'username', value: username },
    { name: 'password', value: password, secret: 'password' },
  ],
});
const apiCall = ({ bearer, caFile }: Parts): SnippetModel => ({ ...base, call: 'api', method: 'GET', bearer, caFile });

const fill = (text: string, parts: Parts) =>
  text.replace(/<(\w+)>/g, (mark, name: keyof Parts) => (Object.hasOwn(parts, name) ? parts[name] : mark));

const ascii = hostileLine.map((text) => text.replace(/[^ -~]/gu, ''));
const parts: fc.Arbitrary<Parts> = fc.record({
  key: hostileCredentials.map((basic) => basic.consumerKey),
  secret: hostileCredentials.map((basic) => basic.consumerSecret),
  ...{ username: hostileText, password: hostileText, caFile: hostileLine, bearer: ascii },
});
/** Code that would run if a literal ended early, and escapes that another step could read. */
const injections = [
  `"); System.exit(1); //`,
  "'; process.exit(1); //",
  `"\n}\nfunc init() { panic(1) }`,
  `{$x} $\{x} $x`,
  '<?php ?>',
  '\\u0022 \\x22 \\042 \\u{22} \\N{QUOTATION MARK}',
  '\\u000a',
  '\\',
  '\\\\u0022',
  'é\\u00e9',
  '\u0001f\u0007\u001b[31m\u007f',
  '\u0085\u2028\u2029\u202e\ufeff',
  '🔑\u{10ffff}',
  '%s %d {0} #{x}',
  '"""',
  "'''",
  '`',
];

for (const form of programs) {
  describe(form, () => {
    const assertShape = (of: Parts) => {
      for (const call of [tokenCall, apiCall]) {
        const plain = readLiterals(renderSnippet(call(marks), form, 'real').text, form);
        const found = readLiterals(renderSnippet(call(of), form, 'real').text, form);
        assert.equal(found.skeleton, plain.skeleton);
        assert.deepEqual(
          found.literals,
          plain.literals.map((literal) => fill(literal, of)),
        );
      }
    };

    test('no value changes the program, and each one is a literal of the same text', () => {
      for (const value of [...hostileValues, ...injections]) {
        const line = value.replace(/\p{Cc}/gu, ' ');
        const printable = line.replace(/[^ -~]/gu, '?');
        const key = printable.replaceAll(':', '') || 'k';
        assertShape({ key, secret: printable, username: value, password: value, caFile: line, bearer: printable });
      }
      fc.assert(fc.property(parts, assertShape), { numRuns: 200 });
    });

    test('has one literal of the whole URL, which parsers accept', () => {
      fc.assert(
        fc.property(hostileModel, ({ url }) => {
          const { literals } = readLiterals(renderSnippet({ ...base, url }, form, 'real').text, form);
          const found = literals.find((literal) => literal.startsWith('https:')) ?? '';
          assert.match(found, /^(?:[!$&-;=?-Z_a-z~]|%[\dA-Fa-f]{2})+$/);
          assert.equal(decodeURIComponent(found), decodeURIComponent(url.replace(/#.*/, '')));
        }),
      );
    });

    test('reads secrets from the environment, and contains none', () => {
      const { text, notes, containsSecrets } = renderSnippet(tokenCall({ ...marks, key: 'k' }), form, 'env');
      assert.doesNotMatch(text, /<(?:secret|password)>|YOUR_/);
      for (const name of ['KEYFOB_CONSUMER_SECRET', 'KEYFOB_PASSWORD']) {
        assert.match(text, new RegExp(`(?:environ\\[|env\\(|getenv\\(|Getenv\\(|Variable\\()["']${name}["']`));
        assert.ok(notes.some((note) => note.startsWith(`Set the environment variable ${name} to the `)));
      }
      assert.equal(containsSecrets, false);
    });
  });
}

describe('each client but curl', () => {
  test('names a CA, no CA, or no check, for HTTPS only', () => {
    const text = (form: (typeof forms)[number], model: Partial<SnippetModel>) =>
      renderSnippet({ ...base, form: [{ name: 'a', value: 'b' }], ...model }, form, 'real').text;
    const { caFile: _, ...noCa } = base;
    const unchecked =
      /verify=False|--verify=no|rejectUnauthorized: false|X509ExtendedTrustManager|=> true;|InsecureSkipVerify|VERIFYPEER => false/;
    for (const form of forms) {
      assert.match(text(form, {}), /\/home\/ann\/keyfob\/ca\.pem/, form);
      assert.doesNotMatch(text(form, {}), unchecked, form);
      assert.match(text(form, { insecure: true }), unchecked, form);
      assert.doesNotMatch(text(form, { insecure: true }), /ca\.pem/, form);
      assert.doesNotMatch(text(form, { url: 'http://localhost:8280/token', insecure: true }), unchecked, form);
      assert.doesNotMatch(text(form, { url: 'http://localhost:8280/token' }), /ca\.pem/, form);
      const system = renderSnippet({ ...noCa, url: 'https://example.test/' }, form, 'real').text;
      assert.doesNotMatch(system, /ca\.pem|caFile|roots/, form);
      assert.doesNotMatch(system, unchecked, form);
    }
  });

  test('bypasses proxies on this machine only', () => {
    const bypass = /trust_env|no_proxy|agent: false|NO_PROXY|UseProxy = false|CURLOPT_NOPROXY/;
    for (const form of forms) {
      const text = (direct: boolean) => renderSnippet({ ...base, direct }, form, 'real').text;
      if (form !== 'go') assert.match(text(true), bypass, form);
      assert.doesNotMatch(text(false), bypass, form);
    }
    assert.doesNotMatch(renderSnippet(base, 'go', 'real').text, /Proxy/);
    assert.match(renderSnippet({ ...base, direct: false }, 'go', 'real').text, /Proxy: +http\.ProxyFromEnvironment/);
  });

  test('has placeholders, and values of the model under real only', () => {
    for (const form of forms) {
      const call = tokenCall({ ...marks, key: 'k' });
      const { text, notes } = renderSnippet(call, form, 'placeholder');
      assert.match(text, /YOUR_PASSWORD/);
      assert.match(text, /YOUR_CONSUMER_SECRET/);
      assert.doesNotMatch(text, /<(?:secret|password)>/);
      assert.deepEqual(notes.slice(0, 2), [
        'Replace YOUR_CONSUMER_SECRET with the consumer secret.',
        'Replace YOUR_PASSWORD with the password.',
      ]);
    }
  });

  test('does not let secrets influence the text under placeholder and env', () => {
    fc.assert(
      fc.property(
        parts,
        parts,
        fc.constantFrom(...forms),
        fc.constantFrom('placeholder', 'env'),
        (one, two, form, mode) => {
          const { secret, password, bearer } = two;
          for (const call of [tokenCall, apiCall]) {
            const rendered = renderSnippet(call({ ...one, secret, password, bearer }), form, mode);
            assert.deepEqual(renderSnippet(call(one), form, mode), rendered);
          }
        },
      ),
    );
  });

  test('refuses a value that it cannot send', () => {
    const refused = (form: (typeof forms)[number], model: Partial<SnippetModel>) =>
      assert.throws(
        () => renderSnippet({ ...base, ...model }, form, 'real'),
        (error) => error instanceof KeyfobError && error.code === 'bad_input',
        `${form} ${JSON.stringify(model)}`,
      );
    for (const form of forms) {
      refused(form, { bearer: 'one\r\nHost: two' });
      refused(form, { bearer: 'é' });
      refused(form, { caFile: '/home/\nann' });
      refused(form, { basic: { consumerKey, consumerSecret: 'a\0b' } });
      refused(form, { basic: { consumerKey: 'user:name', consumerSecret: 'x' } });
      refused(form, { form: [{ name: 'a@b', value: 'x' }] });
      refused(form, { form: [{ name: 'a', value: 'x\0y' }] });
    }
  });

  test('has a fixed text for each method', () => {
    for (const form of forms) {
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
        const { text } = renderSnippet({ ...apiCall(marks), method }, form, 'env');
        assert.match(text, form === 'php' && method === 'HEAD' ? /NOBODY/ : new RegExp(`\\b${method}\\b`, 'i'), form);
      }
    }
  });
});
