import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'yaml';
import { z } from 'zod';
import type { ExportedApplication } from '../../main/engine/ports/export.ts';
import { writeApplication } from '../../main/exports/server.ts';
import { secretsMode } from '../../preload/contract/snippets.ts';
import { applicationSet, textOf, write } from './sets.ts';

const formats = ['postman', 'bruno', 'insomnia', 'http-jetbrains', 'http-vscode', 'http-visual-studio'] as const;
const secrets = ['Secret-1', 's3cret', 'token-1', Buffer.from('key:Secret-1').toString('base64')];
const writeCalls = (format: (typeof formats)[number], mode: 'env' | 'placeholder' | 'real', part = {}) =>
  write(format, mode, { ...applicationSet, ...part });

test('each format has every call and device, the revocation last, and no secret unless asked', () => {
  for (const format of formats) {
    for (const mode of secretsMode.options) {
      const files = writeCalls(format, mode);
      const all = [...files.values()].join('\n');
      for (const secret of secrets)
        if (mode !== 'real') assert.ok(!all.includes(secret), `${format} ${mode} ${secret}`);
      for (const name of ['Refresh the token', 'Introspect the token', 'GET /orders/{id}', 'GET /open', 'Call as -x']) {
        assert.ok(all.includes(name), `${format}: ${name}`);
      }
      if (format !== 'bruno') assert.ok(all.indexOf('Revoke the token') > all.indexOf('Call as -x'), format);
      assert.ok(files.has('ca.pem'), format);
    }
  }
});

test('Postman: token calls keep their tokens for the calls below, and a sign-in has PKCE', () => {
  const files = writeCalls('postman', 'real');
  const { item } = JSON.parse(textOf(files, 'keyfob.postman_collection.json'));
  assert.deepEqual(
    item.map(({ name }: { name: string }) => name),
    ['Tokens', 'orders/1.0.0', 'Sign-in', 'Devices', 'Revocation'],
  );
  const [password] = item[0].item;
  assert.match(password.event[0].script.exec.join(), /set\("accessToken".*set\("refreshToken"/);
  assert.equal(item[1].item[0].request.url, '{{baseUrl}}/orders/1.0.0/orders/{{path_id}}');
  assert.deepEqual(item[1].item[1].request.auth, { type: 'noauth' });
  assert.ok(JSON.stringify(item[2]).includes('authorization_code_with_pkce'));
  const environment = JSON.parse(textOf(files, 'keyfob.postman_environment.json'));
  assert.equal(environment.name, 'Keyfob: Shop, PRODUCTION (real secrets)');
  const used = [...JSON.stringify(item).matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name);
  const known = environment.values.map(({ key }: { key: string }) => key);
  for (const name of used) assert.ok(known.includes(name), name);
});

test('Bruno: calls run in order, and tokens stay in memory', () => {
  const files = writeCalls('bruno', 'real');
  const requests = [...files]
    .filter(([name]) => /^(?:request|call|sign)/.test(name))
    .map(([, text]) => parse(text))
    .toSorted((a, b) => a.info.seq - b.info.seq);
  assert.equal(new Set(requests.map(({ info }) => info.seq)).size, requests.length);
  assert.equal(requests.at(-1)?.info.name, 'Revoke the token');
  assert.match(requests[0].runtime.scripts[0].code, /^bru\.setVar\("accessToken", res\.body\.access_token\);$/m);
  const { variables } = parse(textOf(files, 'environments/keyfob.yml'));
  const names = variables.map(({ name }: { name: string }) => name);
  assert.ok(!names.includes('accessToken') && names.includes('redirectUri') && names.includes('path_id'));
  assert.match(textOf(files, '.env'), /^# Live credentials/);
});

// By the program's own schema (insomnia-v5 import), with its unions cut down to what we write.
const insomniaAuth = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('basic'), username: z.string(), password: z.string() }),
  z.strictObject({ type: z.literal('bearer'), token: z.string() }),
  z.strictObject({ type: z.literal('none') }),
  z.strictObject({
    ...{ type: z.literal('oauth2'), grantType: z.enum(['authorization_code', 'client_credentials', 'password']) },
    ...{ accessTokenUrl: z.string(), clientId: z.string(), clientSecret: z.string(), credentialsInBody: z.boolean() },
    ...{ authorizationUrl: z.string().optional(), redirectUrl: z.string().optional(), scope: z.string().optional() },
    ...{ usePkce: z.boolean().optional(), pkceMethod: z.string().optional() },
    ...{ username: z.string().optional(), password: z.string().optional() },
  }),
]);
const insomniaMeta = z.strictObject({ id: z.string(), sortKey: z.number().optional() });
const insomniaRequest = z.strictObject({
  ...{ name: z.string(), url: z.string(), method: z.string(), meta: insomniaMeta, authentication: insomniaAuth },
  body: z
    .strictObject({ mimeType: z.string(), params: z.array(z.strictObject({ name: z.string(), value: z.string() })) })
    .optional(),
  headers: z.array(z.strictObject({ name: z.string(), value: z.string() })).optional(),
  scripts: z.strictObject({ afterResponse: z.string() }).optional(),
});
const insomniaFolder = z.strictObject({ name: z.string(), meta: insomniaMeta, children: z.array(insomniaRequest) });

test('Insomnia: folders of requests, each with an id of its own', () => {
  const text = textOf(writeCalls('insomnia', 'real'), 'keyfob.insomnia.yaml');
  assert.match(text, /^# Live credentials/);
  const folders = z.array(insomniaFolder).parse(parse(text).collection);
  const ids = folders.flatMap(({ meta, children }) => [meta.id, ...children.map((one) => one.meta.id)]);
  assert.equal(new Set(ids).size, ids.length);
  const { data } = parse(text).environments;
  for (const [, name = ''] of text.matchAll(/\{\{ _\.(\w+) \}\}/g)) assert.ok(name in data, name);
});

test('.http: each program keeps the token of a reply in its own way', () => {
  const textFor = (format: (typeof formats)[number]) => textOf(writeCalls(format, 'real'), 'keyfob.http');
  const jetbrains = textFor('http-jetbrains');
  assert.match(jetbrains, /^> \{% client\.global\.set\("accessToken", response\.body\.access_token\);.* %\}$/m);
  assert.match(jetbrains, /^Authorization: Bearer \{\{accessToken\}\}$/m);
  for (const format of ['http-vscode', 'http-visual-studio'] as const) {
    const text = textFor(format);
    assert.ok(!text.includes('client.global'), format);
    assert.match(text, /^# @name token_password$/m);
    assert.match(text, /^Authorization: Bearer \{\{token_password\.response\.body\.\$\.access_token\}\}$/m);
  }
  const files = (format: (typeof formats)[number]) => [...writeCalls(format, 'real').keys()];
  assert.ok(files('http-jetbrains').includes('http-client.private.env.json'));
  assert.ok(files('http-visual-studio').includes('http-client.env.json.user'));
  assert.ok(files('http-vscode').includes('.vscode/settings.json'));
});

const keySet: ExportedApplication['keySets'][number] = {
  ...{ id: 1, applicationId: 1, keyType: 'PRODUCTION', consumerKey: 'key', state: 'ACTIVE', createdAtMs: 0 },
  ...{ grantTypes: ['password'], callbackUrl: '', publicClient: false, pkce: 'required', pkcePlain: false },
  ...{
    issueBehaviour: 'renew',
    tokenFormat: 'apim42',
    allowedOrigins: ['https://a.test'],
    server: null,
    servedHere: true,
  },
  ...{ applicationTokenValiditySeconds: 60, userTokenValiditySeconds: -1, refreshTokenValiditySeconds: 90 },
  consumerSecret: 'Secret-1',
};
const application: ExportedApplication = {
  ...{ name: 'Shop', description: 'd: #', tier: 'Unlimited', owner: 'admin' },
  keySets: [keySet],
  subscriptions: [{ api: 'echo', version: '1.0', tier: 'Gold', state: 'UNBLOCKED' }],
};

test('apictl: keys only with real secrets, encoded, and a meta file that does not skip them', () => {
  const { files, notes } = writeApplication(application, 'apictl', 'real');
  const [yaml, meta] = files.map(({ text }) => parse(text));
  const [key] = yaml.data.applicationInfo.keys;
  assert.equal(Buffer.from(key.consumerSecret, 'base64').toString(), 'Secret-1');
  assert.deepEqual(key.additionalProperties.user_access_token_expiry_time, -1);
  assert.deepEqual(yaml.data.subscribedAPIs[0].apiId, { providerName: 'admin', apiName: 'echo', version: '1.0' });
  assert.equal(meta.deploy.import.skipKeys, false);
  assert.match(notes.join(' '), /issue behaviour.*left out/);
  const textIn = (mode: 'env' | 'placeholder') => {
    const { files: open, toFillIn, notes: said } = writeApplication(application, 'apictl', mode);
    return [open.map(({ text }) => text).join(''), [...toFillIn, ...said].join(' ')] as const;
  };
  const [empty, withoutKeys] = textIn('env');
  assert.doesNotMatch(empty, /Secret-1|U2VjcmV0LTE=|consumerKey/);
  assert.match(withoutKeys, /without --with-keys/);
  const [form, toFillIn] = textIn('placeholder');
  assert.doesNotMatch(form, /Secret-1|U2VjcmV0LTE=/);
  assert.match(form, /consumerSecret: "YOUR_CONSUMER_SECRET"/);
  assert.match(toFillIn, /^Replace the placeholders with base64/);
  const portal = JSON.parse(writeApplication(application, 'devportal', 'real').files[0]?.text ?? '');
  assert.deepEqual([portal.keys[0].consumerSecret, portal.tokenType], ['Secret-1', 'JWT']);
});
