import { formType } from '../../listener/wire.ts';
import { passwordForm } from '../shop.ts';
import { type BadRequests, rows } from './row.ts';

const chunked = { 'Content-Length': undefined, 'Transfer-Encoding': 'chunked' };
const rightWay =
  'Write: -H "Authorization: Basic <base64 of consumerKey:consumerSecret>" -H "Content-Type: application/x-www-form-urlencoded"';

/** Headers that are malformed, contradict each other, or request unsupported features. */
export const headers: BadRequests = ({ post, authorization }) => [
  ...rows(
    'the command printed in the documentation',
    {
      status: 400,
      description: `There's a space before the colon of the Authorization header, and two headers in one -H. ${rightWay}`,
    },
    [
      post('/token', passwordForm, {
        Authorization: undefined,
        'Authorization ': `${authorization}, Content-Type: ${formType}`,
      }),
      post('/token', passwordForm, { 'Authorization ': `${authorization}, Content-Type: ${formType}` }),
      post('/token', passwordForm, { 'authorization \t': `${authorization},Content-Type:${formType}` }),
      `POST /token HTTP/1.1\r\nHost: localhost\r\nAuthorization :Basic x, Content-Type: ${formType}\r\n\r\n`,
    ],
  ),
  ...rows(
    'wrapped base64',
    {
      status: 400,
      description:
        'There is a line break in the Authorization header, as base64 wraps long lines. Use base64 -w0, or let curl encode the credentials: curl -u consumerKey:consumerSecret.',
    },
    ['\n', '\r\n', '\n ', '\r']
      .map((wrap) =>
        post('/token', passwordForm, {
          Authorization: `${authorization.slice(0, 60)}${wrap}${authorization.slice(60)}`,
        }),
      )
      .concat(post('/token', passwordForm, { Authorization: undefined, authorization: `${authorization}\n` })),
  ),
  ...rows(
    'a space before the colon of Authorization',
    { status: 400, description: `There's a space before the colon of the Authorization header. ${rightWay}` },
    [
      post('/token', passwordForm, { 'Authorization ': authorization }),
      post('/revoke', 'token=x', { 'AUTHORIZATION  ': authorization }),
      post('/introspect', 'token=x', { 'Authorization\t': authorization }),
    ],
  ),
  ...rows(
    'a space before another colon',
    { status: 400, description: `There's a space before the colon of a header; write "Name: value".` },
    [
      post('/token', passwordForm, { 'Content-Type ': formType }),
      post('/token', passwordForm, { 'X-Request-Id ': '1' }),
      post('/revoke', 'token=x', { 'Accept ': '*/*' }),
    ],
  ),
  ...rows(
    'a malformed header',
    {
      status: 400,
      description: 'A header is malformed: each is a name, a colon right after it, and a value on one line.',
    },
    [
      post('/token', passwordForm).replace('Content-Type:', 'Content-Type'),
      post('/token', passwordForm, { 'X-A\0B': '1' }),
      post('/token', passwordForm, { 'X-A': 'one\x01two' }),
      post('/token', passwordForm, { '': 'nameless' }),
      post('/token', passwordForm).replace('\r\nContent-Type', '\r\n folded: line\r\nContent-Type'),
    ],
  ),
  ...rows(
    'contradicting lengths',
    { status: 400, description: 'Send one Content-Length, or Transfer-Encoding: chunked, and not both.' },
    [
      post('/token', passwordForm, { 'Transfer-Encoding': 'chunked' }),
      post('/token', passwordForm, { 'content-length': '3' }),
      post('/token', passwordForm, { 'Content-Length': '-1' }),
      post('/token', passwordForm, { 'Content-Length': '0x10' }),
      post('/token', passwordForm, { 'Content-Length': '5, 5' }),
    ],
  ),
  ...rows(
    'another Transfer-Encoding',
    { status: 400, description: 'Send one Content-Length, or Transfer-Encoding: chunked, and not both.' },
    [
      post('/token', passwordForm, { ...chunked, 'Transfer-Encoding': 'gzip' }),
      post('/token', passwordForm, { ...chunked, 'Transfer-Encoding': 'chunked, gzip' }),
      post('/token', passwordForm, { ...chunked, 'Transfer-Encoding': 'xchunked' }),
    ],
  ),
  ...rows('malformed chunks', { status: 400, description: 'The chunks of the body are malformed.' }, [
    post('/token', 'zz\r\n', chunked),
    post('/token', '-5\r\nabcde\r\n0\r\n\r\n', chunked),
    post('/token', 'fffffffffffffffff\r\nabc', chunked),
  ]),
  ...rows(
    'chunk extensions beyond 16 KiB',
    { status: 413, description: 'The chunk extensions are larger than 16 KiB; leave them out.' },
    [post('/token', `1;${'a'.repeat(17_000)}\r\n`, chunked), post('/token', `1;a=${'b'.repeat(20_000)}`, chunked)],
  ),
  ...rows(
    'another expectation',
    { status: 417, description: 'The only expectation this server meets is 100-continue.' },
    [post('/token', passwordForm, { Expect: '200-ok' }), post('/nowhere', '', { Expect: 'the worst' })],
  ),
  ...rows('another content type', { status: 400, description: `Bad request content type. Expecting: ${formType}` }, [
    post('/token', '{"grant_type":"password"}', { 'Content-Type': 'application/json' }),
    post('/token', passwordForm, { 'Content-Type': 'text/plain' }),
    post('/revoke', 'token=x', { 'Content-Type': 'multipart/form-data; boundary=x' }),
    post('/introspect', 'token=x', { 'Content-Type': `${formType}x` }),
    post('/token', passwordForm, { 'Content-Type': `application/json; ${formType}` }),
  ]),
  ...rows('no content type', { status: 400, description: `Bad request content type. Expecting: ${formType}` }, [
    post('/token', passwordForm, { 'Content-Type': undefined }),
    post('/oauth2/revoke', 'token=x', { 'Content-Type': '' }),
    post('/oauth2/introspect', '', { 'Content-Type': undefined }),
  ]),
  ...rows('two content types', { status: 400, description: `Bad request content type. Expecting: ${formType}` }, [
    post('/token', passwordForm, { 'content-type': formType }),
    post('/token', passwordForm, { 'content-type': 'application/json' }),
  ]),
  ...rows(
    'letters in another charset',
    {
      status: 400,
      description:
        'The body has letters beyond ASCII in a charset that is not supported; send UTF-8 (or ISO-8859-1) and name it in the Content-Type.',
    },
    [
      post('/token', `${passwordForm}%E9`, { 'Content-Type': `${formType}; charset=iso-8859-7` }),
      post('/token', `${passwordForm}é`, { 'Content-Type': `${formType};charset="Shift_JIS"` }),
      post('/revoke', 'token=%c3%a9', { 'Content-Type': `${formType}; x=y; CHARSET=us-ascii` }),
      post('/introspect', 'token=é', { 'Content-Type': `${formType}; charset=utf-16` }),
    ],
  ),
  ...rows(
    'a compressed body',
    { status: 415, description: 'The body must not be compressed; leave out Content-Encoding.' },
    [
      post('/token', passwordForm, { 'Content-Encoding': 'gzip' }),
      post('/token', passwordForm, { 'Content-Encoding': 'br' }),
      post('/revoke', 'token=x', { 'Content-Encoding': 'deflate' }),
      post('/introspect', 'token=x', { 'Content-Encoding': 'identity, gzip' }),
    ],
  ),
];
