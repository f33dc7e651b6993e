import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FaultCode, GatewayFault } from '../../main/engine/gateway/gateway.ts';
import type { Profile } from '../../main/gateway/faults/fault.ts';
import { ask, header, request } from '../listener/wire.ts';
import { cors, serveGateway } from './serveGateway.ts';

const shop = { basePath: '/shop/1.0.0', version: '1.0.0', template: '/menu' };
const nextAccessAtMs = Date.UTC(2019, 8, 18, 5, 34);

const dispatch = (code: FaultCode, more: Partial<GatewayFault> = {}): GatewayFault => ({
  code,
  stage: 'dispatch',
  ...more,
});
const authentication = (code: FaultCode, more: Partial<GatewayFault> = {}): GatewayFault => ({
  ...{ code, stage: 'authentication', api: shop },
  ...more,
});
const throttled = (code: FaultCode): GatewayFault => ({ code, stage: 'throttling', nextAccessAtMs });

const am = (inner: string) => `<am:fault xmlns:am="http://wso2.org/apimanager">${inner}</am:fault>`;
const ams = (code: number, message: string, description: string) =>
  `<ams:fault xmlns:ams="http://wso2.org/apimanager/security"><ams:code>${code}</ams:code><ams:message>${message}</ams:message><ams:description>${description}</ams:description></ams:fault>`;
const amt = (code: number, message: string, description: string, time = true) =>
  `<amt:fault xmlns:amt="http://wso2.org/apimanager/throttling"><amt:code>${code}</amt:code><amt:message>${message}</amt:message><amt:description>${description}</amt:description>${
    time ? '<amt:nextAccessTime>2019-Sep-18 05:34:00+0000 UTC</amt:nextAccessTime>' : ''
  }</amt:fault>`;
const frame = (code: number, message: string) =>
  `Access failure for API: /shop/1.0.0, version: 1.0.0 status: (${code}) - ${message}`;
const report = (code: number, message: string, description: string) =>
  am(
    `<am:code>${code}</am:code><am:type>Status report</am:type><am:message>${message}</am:message><am:description>${description}</am:description>`,
  );
const reportJson = (code: number, message: string, description: string) =>
  `{"code":"${code}","type":"Status report","message":"${message}","description":"${description}"}`;
const flat = (code: number, message: string, description: string) =>
  `{"code":"${code}","message":"${message}","description":"${description}"}`;

const given = '. Make sure you have given the correct access token';
const provided = '. Make sure you have provided the correct security credentials';
const quota = 'You have exceeded your quota';
const out = 'Message throttled out';
const withTime = (code: number) =>
  `{"code":"${code}","message":"${out}","description":"${quota} .You can access API after 2019-Sep-18 05:34:00+0000 UTC","nextAccessTime":"2019-Sep-18 05:34:00+0000 UTC"}`;
const schemes = "'Authorization : Bearer ACCESS_TOKEN' or 'Authorization : Basic ACCESS_TOKEN' or 'apikey: API_KEY'";
const blockedText =
  'This API has been blocked temporarily. Please try again later or contact the system administrators.';
const blockedXml = am(
  `<am:code>700700</am:code><am:message>API blocked</am:message><am:description>${blockedText}</am:description>`,
);

interface Row {
  readonly row: string;
  readonly fault: GatewayFault;
  readonly status: number;
  /** The body of a GET without Accept, by profile. */
  readonly bodies: Readonly<Record<Profile, string>>;
}

/** The same text in 2.6 and 3.2. */
const xmlAnd = (xml: string, json: string): Row['bodies'] => ({ '2.6': xml, '3.2': xml, '4.x': json });
/** An authentication fault whose description is the frame. */
const framed = (code: number, message: string, hint = '') =>
  xmlAnd(ams(code, message, frame(code, message) + hint), flat(code, message, frame(code, message) + hint));

const rows: readonly Row[] = [
  {
    row: '5.1 row 1, no API',
    fault: dispatch(404, { noApi: true }),
    status: 404,
    bodies: xmlAnd(
      report(404, 'Not Found', 'The requested resource is not available.'),
      reportJson(404, 'Not Found', 'The requested resource is not available.'),
    ),
  },
  {
    row: '5.1 row 2, other transport',
    fault: dispatch(403),
    status: 403,
    bodies: xmlAnd(
      report(403, 'Forbidden', 'Unsupported Transport [ http ]. The requested resource is not available.'),
      reportJson(403, 'Forbidden', 'Unsupported Transport [ http ]. The requested resource is not available.'),
    ),
  },
  {
    row: '5.1 row 3, no resource',
    fault: dispatch(404),
    status: 404,
    bodies: xmlAnd(
      report(404, 'Runtime Error', 'No matching resource found for given API Request'),
      reportJson(404, 'Runtime Error', 'No matching resource found for given API Request'),
    ),
  },
  {
    row: '5.1 row 4, other verb',
    fault: dispatch(405, { allow: ['GET', 'POST'] }),
    status: 405,
    bodies: xmlAnd(
      report(405, 'Runtime Error', 'Method not allowed for given API resource'),
      reportJson(405, 'Runtime Error', 'Method not allowed for given API resource'),
    ),
  },
  {
    row: '2.5, no production backend',
    fault: { code: 900901, stage: 'backend', keyType: 'PRODUCTION' },
    status: 403,
    bodies: xmlAnd(
      report(900901, 'Runtime Error', 'Production key offered to the API with no production endpoint'),
      reportJson(900901, 'Runtime Error', 'Production key offered to the API with no production endpoint'),
    ),
  },
  {
    row: '2.5, no sandbox backend',
    fault: { code: 900901, stage: 'backend', keyType: 'SANDBOX' },
    status: 403,
    bodies: xmlAnd(
      report(900901, 'Runtime Error', 'Sandbox key offered to the API with no sandbox endpoint'),
      reportJson(900901, 'Runtime Error', 'Sandbox key offered to the API with no sandbox endpoint'),
    ),
  },
  {
    row: '3.2, blocked API',
    fault: { code: 700700, stage: 'lifecycle' },
    status: 503,
    bodies: xmlAnd(blockedXml, `{"code":"700700","type":"API blocked","description":"${blockedText}"}`),
  },
  {
    row: '5.3, 900900',
    fault: authentication(900900),
    status: 500,
    bodies: framed(900900, 'Unclassified Authentication Failure'),
  },
  {
    row: '5.3, 900901 opaque',
    fault: authentication(900901),
    status: 401,
    bodies: {
      '2.6': ams(900901, 'Invalid OAuth Credentials', frame(900901, 'Invalid OAuth Credentials') + given),
      '3.2': ams(900901, 'Invalid Credentials', frame(900901, 'Invalid Credentials') + provided),
      '4.x': flat(900901, 'Invalid Credentials', frame(900901, 'Invalid Credentials') + provided),
    },
  },
  {
    row: '5.3, 900901 JWT',
    fault: authentication(900901, { jwt: 'other' }),
    status: 401,
    bodies: {
      '2.6': ams(900901, 'Invalid OAuth Credentials', frame(900901, 'Invalid OAuth Credentials') + given),
      '3.2': ams(900901, 'Invalid Credentials', `Invalid Credentials${provided}`),
      '4.x': flat(900901, 'Invalid Credentials', `Invalid Credentials${provided}`),
    },
  },
  {
    row: '5.3, 900901 revoked JWT',
    fault: authentication(900901, { jwt: 'revoked' }),
    status: 401,
    bodies: {
      '2.6': ams(900901, 'Invalid OAuth Credentials', frame(900901, 'Invalid OAuth Credentials') + given),
      '3.2': ams(900901, 'Invalid Credentials', `Invalid JWT token${provided}`),
      '4.x': flat(900901, 'Invalid Credentials', `Invalid JWT token${provided}`),
    },
  },
  {
    row: '5.3, 900902',
    fault: authentication(900902, { authorizationHeader: 'Authorization' }),
    status: 401,
    bodies: {
      '2.6': ams(
        900902,
        'Missing OAuth Credentials',
        'Required OAuth credentials not provided. Make sure your API invocation call has a header: "Authorization: Bearer ACCESS_TOKEN"',
      ),
      '3.2': ams(
        900902,
        'Missing Credentials',
        `Invalid Credentials. Make sure your API invocation call has a header: ${schemes}`,
      ),
      '4.x': flat(
        900902,
        'Missing Credentials',
        `Invalid Credentials. Make sure your API invocation call has a header: ${schemes}`,
      ),
    },
  },
  {
    row: '5.3, 900905',
    fault: authentication(900905),
    status: 401,
    bodies: framed(900905, 'Incorrect Access Token Type is provided'),
  },
  {
    row: '5.3, 900907',
    fault: authentication(900907),
    status: 401,
    bodies: framed(900907, 'The requested API is temporarily blocked'),
  },
  {
    row: '5.3, 900908, with the space at its end',
    fault: authentication(900908),
    status: 403,
    bodies: framed(900908, 'Resource forbidden '),
  },
  {
    row: '5.3, 900909',
    fault: authentication(900909),
    status: 401,
    bodies: framed(900909, 'The subscription to the API is inactive'),
  },
  {
    row: '5.3, 900909 JWT',
    fault: authentication(900909, { jwt: 'other' }),
    status: 401,
    bodies: {
      ...framed(900909, 'The subscription to the API is inactive'),
      '3.2': ams(
        900909,
        'The subscription to the API is inactive',
        'User is NOT authorized to access the Resource. API Subscription validation failed.',
      ),
      '4.x': flat(
        900909,
        'The subscription to the API is inactive',
        'User is NOT authorized to access the Resource. API Subscription validation failed.',
      ),
    },
  },
  {
    row: '5.3, 900910',
    fault: authentication(900910),
    status: 403,
    bodies: framed(900910, 'The access token does not allow you to access the requested resource'),
  },
  {
    row: '5.3, 900910 JWT',
    fault: authentication(900910, { jwt: 'other' }),
    status: 403,
    bodies: {
      ...framed(900910, 'The access token does not allow you to access the requested resource'),
      '3.2': ams(
        900910,
        'The access token does not allow you to access the requested resource',
        'User is NOT authorized to access the Resource: /menu. Scope validation failed.',
      ),
      '4.x': flat(
        900910,
        'The access token does not allow you to access the requested resource',
        'User is NOT authorized to access the Resource: /menu. Scope validation failed.',
      ),
    },
  },
  ...([900800, 900802, 900803, 900804, 900806] as const).map((code) => ({
    row: `4.4, ${code}`,
    fault: throttled(code),
    status: 429,
    bodies: xmlAnd(amt(code, out, quota), withTime(code)),
  })),
  {
    row: '4.4, 900807, whose time only 4.x tells',
    fault: throttled(900807),
    status: 429,
    bodies: xmlAnd(amt(900807, out, quota, false), withTime(900807)),
  },
  {
    row: '4.4, 900801',
    fault: throttled(900801),
    status: 503,
    bodies: xmlAnd(
      amt(900801, 'API Limit Reached', 'API not accepting requests', false),
      flat(900801, 'API Limit Reached', 'API not accepting requests'),
    ),
  },
  {
    row: '4.4, 900805',
    fault: throttled(900805),
    status: 403,
    bodies: xmlAnd(
      amt(900805, 'Message blocked', 'You have been blocked from accessing the resource', false),
      flat(900805, 'Message blocked', 'You have been blocked from accessing the resource'),
    ),
  },
];

/** Gateway reference 5.4. */
const challenges: Readonly<Record<Profile, string>> = {
  '2.6': 'OAuth2 realm="WSO2 API Manager", error="invalid token", error_description="The access token expired"',
  '3.2': 'OAuth2 realm="WSO2 API Manager", error="invalid_token", error_description="The access token expired"',
  '4.x':
    'Internal API Key realm="WSO2 API Manager", Bearer realm="WSO2 API Manager", error="invalid_token", error_description="The provided token is invalid"',
};

const profiles: readonly Profile[] = ['2.6', '3.2', '4.x'];

test('faults are those of the gateway reference, by code and profile', async (t) => {
  const { http, next } = await serveGateway(t);
  for (const { row, fault, status, bodies } of rows) {
    for (const profile of profiles) {
      await t.test(`${row} in ${profile}`, async () => {
        next.settings = { gatewayProfile: profile };
        next.decide = () => ({ kind: 'refused', fault, facts: {}, cors: undefined });
        const reply = await ask(http, request('GET /shop/1.0.0/menu HTTP/1.1', {}));
        assert.equal(reply.status, status);
        assert.equal(reply.body, bodies[profile]);
        assert.equal(
          header(reply, 'content-type'),
          profile === '4.x' ? 'application/json; charset=UTF-8' : 'application/xml; charset=UTF-8',
        );
        assert.equal(header(reply, 'www-authenticate'), status === 401 ? challenges[profile] : undefined);
        assert.equal(header(reply, 'allow'), fault.code === 405 ? 'GET, POST' : undefined);
        const tells = reply.body.includes('nextAccessTime') && profile !== '2.6';
        assert.equal(header(reply, 'retry-after'), tells ? 'Wed, 18 Sep 2019 05:34:00 GMT' : undefined);
        assert.equal(header(reply, 'x-keyfob-reason'), undefined);
      });
    }
  }
});

const soap = (version: 11 | 12, inner: string) =>
  `<soapenv:Envelope xmlns:soapenv="${
    version === 11 ? 'http://schemas.xmlsoap.org/soap/envelope/' : 'http://www.w3.org/2003/05/soap-envelope'
  }"><soapenv:Body><soapenv:Fault>${inner}</soapenv:Fault></soapenv:Body></soapenv:Envelope>`;
const soap11 = (code: string, reason: string, detail = '') =>
  soap(11, `<faultcode>soapenv:${code}</faultcode><faultstring>${reason}</faultstring>${detail}`);

const invalid = authentication(900901);
const unknown = dispatch(404);
const invalidXml = rows.find(({ fault }) => fault.code === 900901 && fault.stage === 'authentication')?.bodies['2.6'];
const invalidText = frame(900901, 'Invalid OAuth Credentials');

const formats: readonly {
  readonly title: string;
  readonly profile: Profile;
  readonly fault: GatewayFault;
  readonly line: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly mediaType: string;
  readonly body: string | undefined;
}[] = [
  {
    title: 'Accept that is exactly JSON gives nested JSON with a numeric code',
    ...{ profile: '2.6', fault: invalid, line: 'GET /a', headers: { Accept: 'application/json' } },
    mediaType: 'application/json',
    body: `{"fault":{"code":900901,"message":"Invalid OAuth Credentials","description":"${invalidText}${given}"}}`,
  },
  {
    title: 'a list in Accept gives XML',
    ...{ profile: '2.6', fault: invalid, line: 'GET /a', headers: { Accept: 'application/json, */*' } },
    mediaType: 'application/xml',
    body: invalidXml,
  },
  {
    title: 'Accept text/xml gives XML under that type',
    ...{ profile: '3.2', fault: throttled(900805), line: 'GET /a', headers: { Accept: 'text/xml' } },
    mediaType: 'text/xml',
    body: amt(900805, 'Message blocked', 'You have been blocked from accessing the resource', false),
  },
  {
    title: 'Accept does not act on dispatch faults',
    ...{ profile: '2.6', fault: unknown, line: 'GET /a', headers: { Accept: 'application/json' } },
    mediaType: 'application/xml',
    body: report(404, 'Runtime Error', 'No matching resource found for given API Request'),
  },
  {
    title: 'the Content-Type of a POST acts on dispatch faults',
    ...{ profile: '3.2', fault: unknown, line: 'POST /a', headers: { 'Content-Type': 'application/json; charset=x' } },
    mediaType: 'application/json',
    body: '{"fault":{"code":404,"type":"Status report","message":"Runtime Error","description":"No matching resource found for given API Request"}}',
  },
  {
    title: '4.x gives JSON whatever is accepted',
    ...{ profile: '4.x', fault: unknown, line: 'GET /a', headers: { Accept: 'application/xml' } },
    mediaType: 'application/json',
    body: reportJson(404, 'Runtime Error', 'No matching resource found for given API Request'),
  },
  {
    title: 'SOAP 1.1 authentication in 2.6',
    ...{ profile: '2.6', fault: invalid, line: 'POST /a', headers: { 'Content-Type': 'text/xml;charset=UTF-8' } },
    mediaType: 'text/xml',
    body: soap11('Client', 'Authentication Failure', `<detail>${invalidText}</detail>`),
  },
  {
    title: 'SOAP 1.2 authentication in 3.2',
    ...{ profile: '3.2', fault: invalid, line: 'POST /a', headers: { 'Content-Type': 'application/soap+xml' } },
    mediaType: 'application/soap+xml',
    body: soap(
      12,
      `<soapenv:Code><soapenv:Value>soapenv:Client</soapenv:Value></soapenv:Code><soapenv:Reason><soapenv:Text xml:lang="en">Authentication Failure</soapenv:Text></soapenv:Reason><soapenv:Detail>${frame(900901, 'Invalid Credentials')}</soapenv:Detail>`,
    ),
  },
  {
    title: 'SOAP 1.2 authentication in 4.x is a SOAP 1.1 fault',
    ...{ profile: '4.x', fault: invalid, line: 'POST /a', headers: { 'Content-Type': 'application/soap+xml' } },
    mediaType: 'text/xml',
    body: soap11('Client', 'Authentication Failure', '<detail>Invalid Credentials</detail>'),
  },
  {
    title: 'SOAP throttling',
    ...{ profile: '2.6', fault: throttled(900803), line: 'POST /a', headers: { 'Content-Type': 'text/xml' } },
    mediaType: 'text/xml',
    body: soap11('Server', out, `<detail>${quota}</detail>`),
  },
  {
    title: 'SOAP to an unknown API',
    ...{ profile: '2.6', fault: dispatch(404, { noApi: true }), line: 'POST /a' },
    headers: { 'Content-Type': 'text/xml' },
    mediaType: 'text/xml',
    body: soap11('Server', 'The requested endpoint is not available.'),
  },
  {
    title: 'a GET is no SOAP request',
    ...{ profile: '2.6', fault: invalid, line: 'GET /a', headers: { 'Content-Type': 'text/xml' } },
    mediaType: 'application/xml',
    body: invalidXml,
  },
];

test('the format of a fault follows profile, Accept and Content-Type (gateway reference 7)', async (t) => {
  const { http, next } = await serveGateway(t);
  for (const { title, profile, fault, line, headers, mediaType, body } of formats) {
    await t.test(title, async () => {
      next.settings = { gatewayProfile: profile };
      next.decide = () => ({ kind: 'refused', fault, facts: {}, cors: undefined });
      const reply = await ask(http, request(`${line} HTTP/1.1`, headers));
      assert.equal(reply.body, body);
      assert.equal(header(reply, 'content-type'), `${mediaType}; charset=UTF-8`);
    });
  }
});

test('Retry-After follows its setting, and 429 has no reason phrase', async (t) => {
  const { http, next } = await serveGateway(t);
  next.decide = () => ({ kind: 'refused', fault: throttled(900803), facts: {}, cors: undefined });
  const told = async (settings: typeof next.settings) => {
    next.settings = settings;
    return header(await ask(http, request('GET /a HTTP/1.1', {})), 'retry-after');
  };
  assert.equal(await told({ retryAfter: 'seconds' }), '30');
  assert.equal(await told({ retryAfter: 'off', gatewayProfile: '4.x' }), undefined);
  assert.equal(await told({ gatewayProfile: '3.2' }), 'Wed, 18 Sep 2019 05:34:00 GMT');
});

test('the true reason is told to clients by the setting, in ASCII, and exposed to pages', async (t) => {
  const { http, next } = await serveGateway(t);
  const why = () => 'Revoked by "Zoë" at 10:31.\r\nX-Forged: 1';
  next.decide = () => ({ kind: 'refused', fault: invalid, facts: { why }, cors });
  const told = await ask(http, request('GET /a HTTP/1.1', {}));
  assert.equal(header(told, 'x-keyfob-reason'), 'Revoked by "Zo\\u00eb" at 10:31. X-Forged: 1');
  assert.equal(header(told, 'access-control-expose-headers'), 'X-Total,X-Keyfob-Reason');
  assert.equal(header(told, 'x-forged'), undefined);
  next.settings = { reasonHeader: 'never' };
  const untold = await ask(http, request('GET /a HTTP/1.1', {}));
  assert.equal(header(untold, 'x-keyfob-reason'), undefined);
  assert.equal(header(untold, 'access-control-expose-headers'), 'X-Total');
});

test('replies carry WSO2’s CORS headers for the one origin', async (t) => {
  const { http, next } = await serveGateway(t);
  next.decide = () => ({ kind: 'preflight', facts: {}, cors });
  const reply = await ask(http, request('OPTIONS /a HTTP/1.1', { Origin: 'http://localhost:3000' }));
  assert.equal(reply.status, 200);
  assert.equal(reply.body, '');
  const names = ['allow-origin', 'allow-methods', 'allow-headers', 'expose-headers', 'allow-credentials'];
  assert.deepEqual(
    names.map((name) => header(reply, `access-control-${name}`)),
    ['http://localhost:3000', 'GET,POST', 'authorization,Content-Type', 'X-Total', undefined],
  );
  assert.equal(header(reply, 'vary'), 'Origin');
});

test('refusals repeat request headers only by setting, and never credentials', async (t) => {
  const { http, next } = await serveGateway(t);
  next.decide = () => ({ kind: 'refused', fault: invalid, facts: {}, cors: undefined });
  const sent = {
    ...{ Accept: 'x/y', 'X-Own': '1', Authorization: 'Bearer secret', Cookie: 'a=b', 'X-Key': 'secret' },
    ...{ 'Access-Control-Allow-Origin': '*', 'Content-Type': 'a/b' },
  };
  const plain = await ask(http, request('GET /a HTTP/1.1', sent));
  assert.equal(header(plain, 'x-own'), undefined);
  next.settings = { echoRequestHeaders: true, authorizationHeader: 'X-Key' };
  const repeated = await ask(http, request('GET /a HTTP/1.1', sent));
  assert.deepEqual(
    ['x-own', 'accept', 'host'].map((name) => header(repeated, name)),
    ['1', 'x/y', 'localhost'],
  );
  assert.doesNotMatch(JSON.stringify(repeated.headers), /secret|a=b|Access-Control/i);
  next.settings = { ...next.settings, gatewayProfile: '4.x' };
  assert.equal(header(await ask(http, request('GET /a HTTP/1.1', sent)), 'accept'), undefined);
});

test('3.2 and later welcome at the root', async (t) => {
  const { http, next } = await serveGateway(t);
  next.decide = () => ({ kind: 'refused', fault: dispatch(404, { noApi: true }), facts: {}, cors: undefined });
  assert.equal((await ask(http, request('GET / HTTP/1.1', {}))).status, 404);
  next.settings = { gatewayProfile: '3.2' };
  assert.match((await ask(http, request('GET / HTTP/1.1', {}))).body, /<h1>Welcome to APIM<\/h1>/);
  assert.equal((await ask(http, request('GET /a HTTP/1.1', {}))).status, 404);
});
