import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { createLocalJWKSet, jwtVerify } from 'jose';
import type { TokenFormat } from '../../preload/contract/tokenFormat.ts';
import type { SigningAlgorithm } from '../../preload/contract/values.ts';
import { openPeers, run } from './round.ts';

const peers = await openPeers();
after(peers.close);
const { call } = peers.app;
const { status, consumerKey } = peers;
const keys = { application: 'Shop', keyType: 'PRODUCTION' } as const;
const origin = `https://localhost:${status.port}`;
const issuer = `${origin}/oauth2/token`;

interface Jwt {
  readonly title: string;
  readonly token: string;
  readonly algorithm: SigningAlgorithm;
  readonly audience: string;
}

const jwts: Jwt[] = [];

/** Asks for a JWT of each kind: access tokens by format and algorithm, and an ID token. */
const collect = async (tokenFormat: TokenFormat, algorithm: SigningAlgorithm, audience: string): Promise<void> => {
  await call('keys.update', { ...keys, tokenFormat });
  await call('settings.write', { jwtAlgorithm: algorithm, rfc9068Algorithm: algorithm });
  const scope = `openid device_${tokenFormat}_${algorithm}`;
  const { accessToken: token } = await call('tokens.issue', { ...keys, username: 'tester', scope });
  jwts.push({ title: `${tokenFormat} ${algorithm}`, token, algorithm, audience });
};
for (const algorithm of ['ES256', 'RS256'] as const) {
  await collect('apim26', algorithm, 'http://org.wso2.apimgt/gateway');
  await collect('apim32', algorithm, consumerKey);
  await collect('apim42', algorithm, consumerKey);
  await collect('rfc9068', algorithm, origin);
}
const form = { grant_type: 'password', username: 'tester', password: 's3cret', scope: 'openid' };
const basic = Buffer.from(`${consumerKey}:${peers.consumerSecret}`).toString('base64');
const reply = await fetch(`http://localhost:${status.httpPort}/token`, {
  method: 'POST',
  headers: { Authorization: `Basic ${basic}` },
  body: new URLSearchParams(form),
});
const { id_token: idToken } = (await reply.json()) as { readonly id_token: string };
jwts.push({ title: 'ID token', token: idToken, algorithm: 'RS256', audience: consumerKey });

/** The same with another subject, and the old signature. */
const forged = jwts.map((jwt): Jwt => {
  const [header = '', claims = '', signature = ''] = jwt.token.split('.');
  const changed = { ...JSON.parse(Buffer.from(claims, 'base64url').toString()), sub: 'mallory' };
  const token = [header, Buffer.from(JSON.stringify(changed)).toString('base64url'), signature].join('.');
  return { ...jwt, title: `forged ${jwt.title}`, token };
});
const all = [...jwts, ...forged];
const jwksUrl = `${origin}/oauth2/jwks`;

test('PyJWT and Authlib verify JWTs of each format with both algorithms, and no forged one', async () => {
  const program = {
    command: '/usr/bin/python3',
    args: [join(import.meta.dirname, 'verifyJwts.py')],
    env: { ...process.env, SSL_CERT_FILE: status.caFile },
  };
  const { code, stdout, stderr } = await run(program, JSON.stringify({ jwksUrl, issuer, jwts: all }));
  assert.equal(code, 0, stderr);
  const found: readonly (readonly string[])[] = JSON.parse(stdout);
  const expected = all.map(({ title }) => [
    title,
    ...Array(2).fill(title.startsWith('forged') ? 'bad signature' : 'tester@carbon.super'),
  ]);
  assert.deepEqual(
    all.map(({ title }, at) => [title, ...(found[at] ?? [])]),
    expected,
  );
});

test("Java's Signature verifies the same JWTs, over HTTPS with our authority alone", async (t) => {
  if (!existsSync('/usr/bin/java')) {
    t.diagnostic('Java is not installed, so it verified nothing.');
    return;
  }
  const args = [join(import.meta.dirname, 'VerifyJwts.java'), status.caFile, jwksUrl, ...all.map(({ token }) => token)];
  const { code, stdout, stderr } = await run({ command: '/usr/bin/java', args }, '');
  assert.equal(code, 0, stderr);
  assert.deepEqual(
    stdout.trim().split('\n'),
    all.map(({ title }) => String(!title.startsWith('forged'))),
  );
});

test('jose verifies them by the type of each format', async () => {
  const served = await fetch(`http://localhost:${status.httpPort}/oauth2/jwks`);
  const keySet = createLocalJWKSet(await served.json());
  for (const { token, algorithm, audience, title } of jwts) {
    const typ = /^(?:apim42|rfc9068)/.test(title) ? { typ: 'at+jwt' } : {};
    const { payload } = await jwtVerify(token, keySet, { issuer, audience, algorithms: [algorithm], ...typ });
    assert.equal(payload.sub, 'tester@carbon.super', title);
  }
  assert.deepEqual(peers.faults, []);
});
