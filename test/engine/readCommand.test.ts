import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCommand } from '../../main/engine/clients/readCommand.ts';
import { renderSnippet } from '../../main/snippets/render.ts';
import type { Shell } from '../../preload/contract/snippets.ts';
import { failing } from '../helpers/engine.ts';
import { base, hostileCredentials } from '../snippets/models.ts';

const [key, secret] = ['wU62DjlyDBnq87GlBwplfqvmAbAa', 'ksdSdoefDDP7wpaElfqvmjDue8ka'];
const base64 = Buffer.from(`${key}:${secret}`).toString('base64');

/** The members that a test names. */
const read = (command: string) => readCommand(command);

test('reads the samples of WSO2, and derives the addresses by its layout', () => {
  const store26 = `curl -k -d "grant_type=password&username=Username&password=Password" -H "Authorization: Basic ${base64}" https://gw.example.com:8243/token`;
  assert.partialDeepStrictEqual(read(store26), {
    ...{ consumerKey: key, consumerSecret: secret, kind: 'wso2-2.6', insecure: true, caFile: '' },
    tokenUrl: 'https://gw.example.com:8243/token',
    revokeUrl: 'https://gw.example.com:8243/revoke',
    introspectUrl: 'https://gw.example.com:9443/oauth2/introspect',
  });
  const portal32 = `curl -k -X POST https://gw.example.com:8253/token -d "grant_type=client_credentials" -H "Authorization: Basic ${base64}"`;
  assert.partialDeepStrictEqual(read(portal32), {
    ...{ consumerKey: key, consumerSecret: secret, kind: 'wso2-3.2' },
    introspectUrl: 'https://gw.example.com:9453/oauth2/introspect',
  });
  const portal4 = `curl -k -X POST https://am.example.com:9443/oauth2/token -d "grant_type=client_credentials" -H "Authorization: Basic ${base64}"`;
  assert.partialDeepStrictEqual(read(portal4), {
    ...{ consumerKey: key, consumerSecret: secret, kind: 'wso2-4.x' },
    revokeUrl: 'https://am.example.com:9443/oauth2/revoke',
    introspectUrl: 'https://am.example.com:9443/oauth2/introspect',
  });
  for (const sample of [store26, portal32, portal4]) {
    assert.match(read(sample).warnings.join('\n'), /^Derived from the token address, so check: https:/m);
    assert.match(read(sample).warnings.join('\n'), /^-k turned the check of the certificate off/m);
  }
  const proxied = read(`curl https://api.example.com/token -u ${key}:${secret}`);
  assert.deepEqual([proxied.revokeUrl, proxied.introspectUrl], ['https://api.example.com/revoke', '']);
  const other = read(`curl https://idp.test/connect/token -u ${key}:${secret} --cacert /etc/ca.pem`);
  assert.partialDeepStrictEqual(other, { kind: 'other', revokeUrl: '', introspectUrl: '', caFile: '/etc/ca.pem' });
  assert.deepEqual(other.warnings, ['The CA certificate is in the file /etc/ca.pem. Paste its content.']);
});

test('reads key and secret from each place where a command can have them', () => {
  const places = [
    `curl -u ${key}:${secret} https://a.test/token`,
    `curl -u${key}:${secret} https://a.test/token`,
    `curl -sku '${key}:${secret}' https://a.test/token`,
    `curl --user "${key}:${secret}" --url https://a.test/token`,
    `curl -H 'authorization: basic ${base64}' https://a.test/token`,
    `curl --header "Authorization:Basic ${base64}" https://a.test/token`,
    `curl https://a.test/token -d grant_type=client_credentials -d client_id=${key} -d client_secret=${secret}`,
    `curl https://a.test/token --data 'grant_type=x&client_id=${key}&client_secret=${secret}'`,
    `curl https://a.test/token --data-urlencode client_id=${key} --data-urlencode client_secret=${secret}`,
    `curl "https://a.test/token?grant_type=client_credentials&client_id=${key}&client_secret=${secret}" -d ''`,
    `$ curl -X POST --max-time 10 -o out.json https://a.test/token -u ${key}:${secret} | jq .`,
    `curl -H $'Authorization: Basic \\x${base64.charCodeAt(0).toString(16)}${base64.slice(1)}' a.test/token`,
  ];
  for (const command of places) {
    const { consumerKey, consumerSecret, tokenUrl } = read(command);
    assert.deepEqual([consumerKey, consumerSecret, tokenUrl], [key, secret, 'https://a.test/token'], command);
  }
});

test('reads line continuations of each shell, and lines that were pasted without them', () => {
  for (const end of ['\\\n', '\\\r\n', '`\n', '^\r\n', '\n', '']) {
    const command = `curl -X POST ${end}  -u ${key}:${secret} ${end}  "https://a.test/token" ${end} -d "grant_type=client_credentials"`;
    const { consumerKey, consumerSecret, tokenUrl } = read(command);
    assert.deepEqual([consumerKey, consumerSecret, tokenUrl], [key, secret, 'https://a.test/token'], command);
  }
});

test('undoes HTML escapes that a copy button left, and says so', () => {
  const found = read(
    `curl -k -d &quot;grant_type=password&amp;username=a&quot; -H &quot;Authorization: Basic ${base64}&quot; https://a.test:8243/token`,
  );
  assert.deepEqual([found.consumerKey, found.consumerSecret], [key, secret]);
  assert.match(found.warnings.join('\n'), /HTML escapes/);
});

test('leaves placeholders empty, and names everything that is missing', () => {
  for (const [command, missing] of [
    ['curl -H "Authorization: Basic Base64(consumer-key:consumer-secret)" https://a.test/x', /placeholder, not base64/],
    ['curl -u <key>:<secret> https://a.test/x', /no consumer key and no consumer secret/],
    ['curl -u "$KEY:$SECRET" https://a.test/x', /no consumer key and no consumer secret/],
    ['curl.exe -u "%KEY%:%SECRET%" https://a.test/x', /no consumer key and no consumer secret/],
    [`curl -u ${key}:YOUR_CONSUMER_SECRET https://a.test/x`, /has no consumer secret\. Enter/],
    [`curl -u ${key} https://a.test/x`, /has no consumer secret\. Enter/],
    [`curl -u ${key}:${secret}`, /has no token address\. Enter/],
  ] as const) {
    const { warnings, consumerSecret } = read(command);
    assert.match(warnings.join('\n'), missing, command);
    assert.ok(consumerSecret === '' || consumerSecret === secret, command);
  }
  const twice = `curl -u ${key}:${secret} https://a.test/token\ncurl -u other:one https://b.test/token`;
  assert.match(read(twice).warnings.join('\n'), /more than one command/);
  assert.equal(read(twice).consumerKey, key);
});

test('refuses other texts without repeating them', () => {
  for (const text of [
    '',
    `${key}:${secret}`,
    'wget https://a.test',
    `curl -u "${key}:${secret} https://a.test/token`,
  ]) {
    assert.throws(
      () => readCommand(text),
      (error) => failing('bad_input', 'command')(error) && !`${error}`.includes(secret),
      text,
    );
  }
});

test('reads any key and secret out of a command that Keyfob wrote, in each shell', () => {
  // A batch file doubles percent signs, and 5.1 escapes quotes twice: no text shows that it was written for them.
  const readable: readonly Shell[] = ['bash', 'powershell', 'cmd'];
  fc.assert(
    fc.property(hostileCredentials, fc.constantFrom(...readable), (basic, shell) => {
      const placeholder = /^(?:<.*>|[*x.]+|\$(?:env:)?\w+|\$\{\w+\}|%\w+%|\{\{.*\}\})$/i;
      fc.pre(!placeholder.test(basic.consumerKey) && !placeholder.test(basic.consumerSecret));
      fc.pre(!/&(?:quot|amp|apos|#3[49]);/.test(basic.consumerKey + basic.consumerSecret));
      const form = [{ name: 'grant_type', value: 'client_credentials' }];
      const { text } = renderSnippet({ ...base, basic, form }, shell, 'real');
      const found = readCommand(text);
      assert.deepEqual(
        [found.consumerKey, found.consumerSecret, found.tokenUrl],
        [basic.consumerKey, basic.consumerSecret, base.url],
        text,
      );
    }),
    { numRuns: 500 },
  );
});
