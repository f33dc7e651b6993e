import { passwordForm } from '../shop.ts';
import { request } from '../wire.ts';
import { type BadRequests, rows } from './row.ts';

/** Methods, paths, queries, versions, request targets. */
export const requestLine: BadRequests = ({ post, authorization }) => [
  ...rows('another method', { status: 400, description: 'Method not set to POST.' }, [
    request('GET /token HTTP/1.1', {}),
    request('PUT /oauth2/token HTTP/1.1', { Authorization: authorization }, passwordForm),
    request('DELETE /revoke HTTP/1.1', {}),
    request('PATCH /oauth2/introspect HTTP/1.1', {}, 'token=x'),
    request('TRACE /introspect HTTP/1.1', {}),
  ]),
  ...rows('a method that nobody knows', { status: 400, description: 'Method not set to POST.' }, [
    request('FETCH /token HTTP/1.1', {}),
    request('post /token HTTP/1.1', {}),
    request('POSTER /token HTTP/1.1', {}, passwordForm),
    '{"grant_type":"password"}\r\n\r\n',
    '\r\n\r\ngrant_type=password&username=tester\r\n\r\n',
  ]),
  ...rows('CONNECT', { status: 400, description: 'Method not set to POST.' }, [
    request('CONNECT localhost:443 HTTP/1.1', {}),
    request('CONNECT evil.example:443 HTTP/1.1', { Host: 'evil.example' }),
  ]),
  ...rows(
    'a path that is not served',
    {
      status: 404,
      description: 'Nothing is served at this path; POST to /token, /revoke or /oauth2/introspect.',
    },
    [
      post('/', passwordForm),
      post('/token/', passwordForm),
      post('/TOKEN', passwordForm),
      post('//token', passwordForm),
      post('/oauth2/../token', passwordForm),
    ],
  ),
  ...rows(
    'a request target without a path',
    {
      status: 404,
      description: 'Nothing is served at this path; POST to /token, /revoke or /oauth2/introspect.',
    },
    [
      request('OPTIONS * HTTP/1.1', {}),
      post('http://localhost', passwordForm),
      post('https://127.0.0.1:1', passwordForm),
    ],
  ),
  ...rows(
    'parameters in the URL',
    {
      status: 400,
      description: 'Parameters belong into the body, not into the URL, where secrets end up in logs.',
    },
    [
      post(`/token?${passwordForm}`, ''),
      post('/token?', passwordForm),
      post('/revoke?token=x', 'token=x'),
      post('/oauth2/introspect?token=x', ''),
      post('http://localhost/token?scope=a', passwordForm),
    ],
  ),
  ...rows('another version of HTTP', { status: 505, description: 'This server speaks HTTP/1.1 and HTTP/1.0 only.' }, [
    'GET /token\r\n\r\n',
    request('POST /token', {}, passwordForm),
    request('POST /token HTTP/0.9', {}, passwordForm),
    request('POST /token HTTP/2.0', {}, passwordForm),
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ]),
  ...rows(
    'a request line that is not one',
    { status: 400, description: 'This is not a well-formed HTTP/1.1 request.' },
    [
      request('POST /token HTTP/3.0', {}, passwordForm),
      request('POST /to ken HTTP/1.1', {}, passwordForm),
      Buffer.from(request('POST /tok\xe9n HTTP/1.1', {}, passwordForm), 'latin1'),
      'POST /token HTTP/1.1\nHost: localhost\n\n',
    ],
  ),
  ...rows(
    'a request line or headers beyond 16 KiB',
    { status: 431, description: 'Request line and headers are larger than 16 KiB together.' },
    [
      post(`/token?${'a'.repeat(17_000)}`, passwordForm),
      post('/token', passwordForm, { 'X-Long': 'a'.repeat(17_000) }),
      post('/token', passwordForm, { ['X'.repeat(17_000)]: 'a' }),
      post('/token', passwordForm, { Authorization: `Basic ${'A'.repeat(20_000)}` }),
      post('/token', passwordForm, Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`X-${at}`, '12345']))),
    ],
  ),
];
