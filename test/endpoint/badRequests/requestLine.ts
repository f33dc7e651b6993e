import { request } from '../../listener/wire.ts';
import { passwordForm } from '../shop.ts';
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
  ...rows('an unknown method', { status: 400, description: 'Method not set to POST.' }, [
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
  ...rows('repeated in the URL', { status: 400, description: 'Invalid request with repeated parameters.' }, [
    post('/token?scope=a&scope=b', passwordForm),
    post('/oauth2/token?scope=a&%73cope', passwordForm),
    post('/revoke?token=a&token=a', 'token=x'),
    post('/token?x=1', `${passwordForm}&scope=b`),
  ]),
  ...rows('a NUL in the URL', { status: 400, description: 'The URL has a NUL character; leave it out.' }, [
    post('/token?scope=%00', passwordForm),
    post('/oauth2/revoke?tok%00en=x', ''),
  ]),
  ...rows(
    'a percent sign in the URL without two hex digits',
    {
      status: 400,
      description:
        'The URL has a percent sign that does not start a UTF-8 character in hex; write %25 for a percent sign itself, as curl --data-urlencode does.',
    },
    [
      post('/token?password=100%', passwordForm),
      post('/revoke?token=%zz', ''),
      post('/token?username=m%FCller', passwordForm),
    ],
  ),
  ...rows(
    'a fragment',
    { status: 400, description: 'The URL has a fragment, which no request sends; percent-encode # as %23.' },
    [post('/token#x', passwordForm), post('http://localhost/revoke?token=a#b', '')],
  ),
  ...rows('missing in body and URL', { status: 400, description: 'Missing grant_type parameter value' }, [
    post('/token?scope=a', ''),
    post('/token?', '', { 'Content-Type': undefined }),
    post('/token?grant_type=', passwordForm),
  ]),
  ...rows('another version of HTTP', { status: 505, description: 'This server speaks HTTP/1.1 and HTTP/1.0 only.' }, [
    'GET /token\r\n\r\n',
    request('POST /token', {}, passwordForm),
    request('POST /token HTTP/0.9', {}, passwordForm),
    request('POST /token HTTP/2.0', {}, passwordForm),
    'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  ]),
  ...rows('a malformed request line', { status: 400, description: 'This is not a well-formed HTTP/1.1 request.' }, [
    post('/token?username=m\xfcller', passwordForm),
    request('POST /token HTTP/3.0', {}, passwordForm),
    request('POST /to ken HTTP/1.1', {}, passwordForm),
    Buffer.from(request('POST /tok\xe9n HTTP/1.1', {}, passwordForm), 'latin1'),
    'POST /token HTTP/1.1\nHost: localhost\n\n',
  ]),
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
