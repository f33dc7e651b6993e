import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { maskDetails, type StoredDetails } from '../../../main/listener/log/masking/details.ts';

const canary = 'c4nary-Of-A-Secret';
const encoded = encodeURIComponent(canary);
const form = 'application/x-www-form-urlencoded';

const bodyOf = (text: string | Buffer) => ({ bytes: Buffer.from(text), total: Buffer.from(text).length });

const detailsOf = (parts: Partial<StoredDetails>): StoredDetails => ({
  ...{ target: '/token', secure: true, sentHeaders: [], answeredHeaders: [], sent: bodyOf(''), answered: bodyOf('') },
  ...parts,
});

const masked = (parts: Partial<StoredDetails>) => maskDetails(detailsOf(parts), ['x-token']);

const sent = (type: string, text: string | Buffer) =>
  masked({ sentHeaders: ['Content-Type', type], sent: bodyOf(text) });

/** Each place of a secret, as the parts of a request or reply. */
const places: Readonly<Record<string, Partial<StoredDetails>>> = {
  'Authorization: Bearer': { sentHeaders: ['Authorization', `Bearer ${canary}`] },
  'Authorization in lower case': { sentHeaders: ['authorization', `bearer ${canary}`] },
  'Authorization without a scheme': { sentHeaders: ['Authorization', canary] },
  'Authorization: Basic': { sentHeaders: ['Authorization', `Basic ${Buffer.from(`a:${canary}`).toString('base64')}`] },
  'the secret of Basic in the reply': {
    sentHeaders: ['Authorization', `Basic ${Buffer.from(`a:${canary}`).toString('base64')}`],
    answeredHeaders: ['Content-Type', 'text/xml'],
    answered: bodyOf(`<p>the secret ${canary} is wrong</p>`),
  },
  'Proxy-Authorization': { sentHeaders: ['Proxy-Authorization', `Digest response="${canary}"`] },
  'the configured token header': { sentHeaders: ['X-Token', canary] },
  Cookie: { sentHeaders: ['Cookie', `a=1; b=${canary}; ${canary}`] },
  'Set-Cookie': { answeredHeaders: ['Set-Cookie', `id=${canary}; Path=/; Secure`] },
  RevokedAccessToken: { answeredHeaders: ['RevokedAccessToken', canary] },
  DeactivatedAccessToken: { answeredHeaders: ['DeactivatedAccessToken', canary] },
  RevokedRefreshToken: { answeredHeaders: ['RevokedRefreshToken', canary] },
  'X-JWT-Assertion': { sentHeaders: ['X-JWT-Assertion', canary] },
  'a malformed Host': { sentHeaders: ['Host', `${canary}%20x.test`] },
  'a malformed Origin': { sentHeaders: ['Origin', `http://${canary}%20.test`] },
  Expect: { sentHeaders: ['Expect', canary] },
  apikey: { sentHeaders: ['apikey', canary] },
  'X-Api-Key': { sentHeaders: ['X-Api-Key', canary] },
  'Bearer in another header': { sentHeaders: ['X-Forwarded-Auth', `Bearer ${canary}`] },
  'Location with a code': { answeredHeaders: ['Location', `https://app.test/cb?state=1&code=${canary}`] },
  'Location with a token in the fragment': {
    answeredHeaders: ['Location', `https://app.test/#access_token=${canary}`],
  },
  Referer: { sentHeaders: ['Referer', `http://localhost/a?password=${encoded}`] },
  'a query': { target: `/token?grant_type=password&password=${canary}` },
  'a query with an encoded name': { target: `/a?%70assword=${canary}` },
  'a query of a part without a name': { target: `/a?${canary}` },
  'a fragment': { target: `/a?b=1#access_token=${canary}` },
  'a secret of the query in the body': {
    target: `/a?password=${canary}`,
    sentHeaders: ['Content-Type', 'text/xml'],
    sent: bodyOf(`<a>${canary}</a>`),
  },
  ...Object.fromEntries(
    [
      `grant_type=password&username=bob&password=${canary}`,
      `client_secret=${canary}&client_id=a`,
      `token=${canary}`,
      `code=${canary}&code_verifier=${canary}`,
      `assertion=${canary}`,
      `refresh_token=${canary}&`,
      `&&=&password=${canary}`,
      `PASSWORD=${canary}`,
      `pass%77ord=${canary}`,
      `%zzpassword=${canary}`,
      `validity_period=${canary}`,
      `token_type_hint=${canary}`,
      `pass+word=${canary}`,
      `password=%zz${canary}`,
      `password%3D${canary}`,
      canary,
      `a=1;password=${canary}`,
      `username=bob\r\npassword=${canary}`,
      `{"password":"${canary}"}`,
      `{"a":"=","password":"${canary} b"}`,
      `a={"password":"${canary}"}`,
      `a=%7B%22password%22%3A%22${canary}%22%7D`,
      `redirect_uri=https%3A%2F%2Fapp%2F%3Fcode%3D${canary}`,
      `\uFFFDpassword=${canary}`,
    ].map((text) => [`a form: ${text}`, { sentHeaders: ['Content-Type', form], sent: bodyOf(text) }]),
  ),
  ...Object.fromEntries(
    [
      `{"access_token":"${canary}","refresh_token":"${canary}","id_token":"${canary}"}`,
      `{"a":[{"client_secret":"${canary}"}]}`,
      `{"Authorization":"Bearer ${canary}"}`,
      `{"password":{"old":"${canary}","new":["${canary}"]}}`,
      `{"pass\\u0077ord":"${canary}"}`,
      `{"body":"grant_type=password&password=${canary}&a=b"}`,
      `{"body":"{\\"password\\":\\"${canary}\\"}"}`,
      `{"body":"<a><password>${canary}</password></a>"}`,
      `{"password":"${canary}`,
      `{"password":"${canary}" oops "${canary}"`,
      `{password:'${canary}'}`,
      `[1,2,"Bearer ${canary}"]`,
      `{"headers":{"cookie":"a=${canary}"}}`,
      `{"a":1}\n{"token":"${canary}"}`,
      canary,
    ].map((text) => [
      `JSON: ${text}`,
      { answeredHeaders: ['Content-Type', 'application/json; charset=utf-8'], answered: bodyOf(text) },
    ]),
  ),
  ...Object.fromEntries(
    [
      `<a><password>${canary}</password></a>`,
      `<soap:Envelope><wsse:Password Type="PasswordText">${canary}</wsse:Password></soap:Envelope>`,
      `<a password="${canary}"/>`,
      `<accessToken><![CDATA[${canary}]]></accessToken>`,
      `<token><value>${canary}</value></token>`,
      `<token>${canary}`,
      `<a>Authorization: Bearer ${canary}</a>`,
      canary,
    ].map((text) => [`XML: ${text}`, { sentHeaders: ['Content-Type', 'application/soap+xml'], sent: bodyOf(text) }]),
  ),
  ...Object.fromEntries(
    [
      `--b\r\nContent-Disposition: form-data; name="password"\r\n\r\n${canary}\r\n--b--`,
      `--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n${canary}\r\n--b--`,
      `--b\r\nContent-Disposition: form-data\r\n\r\n${canary}\r\n--b--`,
      `--b\r\n${canary}`,
      `${canary}--b--${canary}`,
      `--other\r\n\r\n${canary}`,
    ].map((text) => [
      `multipart: ${text}`,
      { sentHeaders: ['Content-Type', 'multipart/form-data; boundary=b'], sent: bodyOf(text) },
    ]),
  ),
  'multipart without a boundary': { sentHeaders: ['Content-Type', 'multipart/form-data'], sent: bodyOf(canary) },
  'text/plain': { sentHeaders: ['Content-Type', 'text/plain'], sent: bodyOf(`my word is ${canary}`) },
  'no type': { sent: bodyOf(canary) },
  'binary data': {
    sentHeaders: ['Content-Type', 'application/json'],
    sent: bodyOf(Buffer.from([0, 255, ...Buffer.from(canary)])),
  },
  'compressed data': { sentHeaders: ['Content-Type', form, 'Content-Encoding', 'br'], sent: bodyOf(`a=${canary}`) },
};

for (const [place, parts] of Object.entries(places)) {
  test(`masks a secret in ${place.replaceAll(canary, '…').replaceAll(/\s/g, ' ')}`, () => {
    const text = JSON.stringify(masked(parts));
    for (const form of [canary, encoded, Buffer.from(`a:${canary}`).toString('base64')]) {
      assert.equal(text.includes(form), false, text);
    }
  });
}

test('a token shows its last characters, a secret nothing', () => {
  const token = 'abcdefghijklmnopWXYZ';
  const { sent: shown } = masked({
    sentHeaders: ['Authorization', `Bearer ${token}`, 'Content-Type', form],
    sent: bodyOf(`refresh_token=${token}&password=hunter2-hunter2&token=short`),
  });
  assert.equal(shown.headers[0]?.value, 'Bearer ••••WXYZ');
  assert.equal(shown.body, 'refresh_token=••••WXYZ&password=••••&token=••••');
});

test('a token in a path is masked also without a digit, a long name is not', () => {
  for (const token of [
    'sSKpecPmUSwXQFxVvJqNWEHhGPeh',
    'lwOJJwplRcPtjadFSuUhCgFBtHLm',
    'a7SKpecPmuswxqfxvvjqnwehhgpe',
  ]) {
    assert.equal(masked({ target: `/echo/1.0/${token}` }).target, `/echo/1.0/••••${token.slice(-4)}`);
  }
  for (const name of ['getOrdersOfCustomerByIdentifier', 'a-path-of-lower-case-words-only']) {
    assert.equal(masked({ target: `/echo/1.0/${name}` }).target, `/echo/1.0/${name}`);
  }
});

test('shows what is no secret as it was sent', () => {
  const text = 'grant_type=password&username=bob&scope=a%20b&client_id=pIpyI4qPtf5AKjdB2kCQHjJ6bsAa&token_type_hint=x';
  assert.equal(sent(form, text).sent.body, text);
  const json =
    '{ "fault": {"code":900901, "message" : "Invalid Credentials", "expires_in": 9223372036854775 }, "token_type":"Bearer" }';
  assert.equal(sent('application/json', json).sent.body, json);
  const xml =
    '<am:fault xmlns:am="http://wso2.org/apimanager"><am:code>900901</am:code><am:message>Invalid</am:message></am:fault>';
  assert.equal(sent('application/xml', xml).sent.body, xml);
  const headers = ['Host', 'localhost:8243', 'X-Request-Id', '0123', 'WWW-Authenticate', 'Basic realm="localhost"'];
  assert.deepEqual(
    masked({ sentHeaders: headers }).sent.headers.flatMap(({ name, value }) => [name, value]),
    headers,
  );
  assert.equal(masked({ target: '/shop/1.0/orders/17?page=2&q=a%20b' }).target, '/shop/1.0/orders/17?page=2&q=a%20b');
});

test('WSO2’s text about the header stays readable', () => {
  const text =
    '{"description":"Make sure your API invocation call has a header: \'Authorization : Bearer ACCESS_TOKEN\'"}';
  assert.equal(sent('application/json', text).sent.body, text);
});

test('a body that cannot be shown is described', () => {
  assert.equal(sent('image/png', 'abc').sent.body, '(3 bytes of image/png, hidden because they may hold secrets)');
  assert.equal(
    sent('', Buffer.from([255, 0])).sent.body,
    '(2 bytes of binary data, hidden because they may hold secrets)',
  );
  assert.equal(sent(form, '').sent.body, undefined);
});

test('the start of a body says so, and hides a value that was cut', () => {
  const { sent: start } = masked({
    sentHeaders: ['Content-Type', 'application/json'],
    sent: { bytes: Buffer.from('{"a":1,"b":"half of a str'), total: 40_000 },
  });
  assert.deepEqual([start.truncated, start.bodyBytes], [true, 40_000]);
  assert.equal(start.body, '{"a":1,"b":… (the rest is not well-formed JSON, and is hidden)');
  const { sent: unknown } = masked({ sent: { bytes: Buffer.from('{}'), total: undefined } });
  assert.equal(unknown.truncated, true);
});

test('no input makes masking fail, or shows a secret that follows its name', () => {
  const junk = fc.string({ maxLength: 60 });
  const type = fc.constantFrom(form, 'application/json', 'text/xml', 'multipart/form-data; boundary=b', '', 'x/y');
  fc.assert(
    fc.property(
      junk,
      junk,
      type,
      fc.constantFrom('password=', '"password":"', '<password>'),
      (before, after, media, name) => {
        const text = JSON.stringify(sent(media, `${before}&${name}${canary}${after}`));
        assert.equal(text.includes(canary), false, text);
      },
    ),
    { numRuns: 2000 },
  );
});
