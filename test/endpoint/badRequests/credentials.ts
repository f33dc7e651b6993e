import { basic } from '../../listener/wire.ts';
import { passwordForm } from '../shop.ts';
import { type BadRequests, rows } from './row.ts';

const encode = (bytes: string | Buffer) => `Basic ${Buffer.from(bytes).toString('base64')}`;
const failed = 'Client Authentication failed.';
const rightWay = 'Send "Authorization: Basic" with the base64 of consumerKey:consumerSecret, as curl -u does.';
const invalidClient = (description: string) => ({ status: 401, error: 'invalid_client', description });

/** Basic headers, and credentials in the body. */
export const credentials: BadRequests = ({ post, authorization, consumerKey, consumerSecret, other }) => [
  ...rows('no credentials', invalidClient(failed), [
    post('/token', passwordForm, { Authorization: undefined }),
    post('/revoke', 'token=x', { Authorization: undefined }),
    post('/introspect', 'token=x', { Authorization: undefined }),
    post('/token', `${passwordForm}&client_secret=${consumerSecret}`, { Authorization: undefined }),
    post('/token', passwordForm, { Authorization: encode(':') }),
  ]),
  ...rows('an unknown client', invalidClient('A valid OAuth client could not be found for client_id: nobody'), [
    post('/token', passwordForm, { Authorization: basic('nobody', consumerSecret) }),
    post('/token', `${passwordForm}&client_id=nobody&client_secret=x`, { Authorization: undefined }),
    post('/revoke', 'token=x', { Authorization: basic('nobody', '') }),
  ]),
  ...rows('a wrong secret', invalidClient(failed), [
    post('/token', passwordForm, { Authorization: basic(consumerKey, `${consumerSecret}x`) }),
    post('/token', `${passwordForm}&client_id=${consumerKey}&client_secret=wrong`, { Authorization: undefined }),
    post('/revoke', 'token=x', { Authorization: basic(consumerKey, 'wrong') }),
    post('/introspect', 'token=x', { Authorization: basic(consumerKey, 'wrong') }),
    post('/introspect', 'token=x', { Authorization: basic('tester', 's3cret') }),
  ]),
  ...rows('no secret', invalidClient(failed), [
    post('/token', `${passwordForm}&client_id=${consumerKey}`, { Authorization: undefined }),
    post('/token', passwordForm, { Authorization: basic(consumerKey, '') }),
    post('/revoke', `token=x&client_id=${consumerKey}&client_secret=`, { Authorization: undefined }),
  ]),
  ...rows(
    'credentials in header and body',
    { status: 400, description: 'The client MUST NOT use more than one authentication method in each' },
    [
      post('/token', `${passwordForm}&client_id=${consumerKey}&client_secret=${consumerSecret}`),
      post('/revoke', `token=x&client_id=${other.consumerKey}`),
    ],
  ),
  ...rows(
    'another scheme',
    invalidClient(`${failed} The Authorization header is not of the scheme Basic. ${rightWay}`),
    [
      post('/token', passwordForm, { Authorization: `Bearer ${other.accessToken}` }),
      post('/token', passwordForm, { Authorization: authorization.slice('Basic '.length) }),
      post('/token', passwordForm, { Authorization: authorization.replace(' ', '') }),
      post('/token', `${passwordForm}&client_id=${consumerKey}`, { Authorization: '' }),
      post('/introspect', 'token=x', { Authorization: 'Digest username="admin"' }),
    ],
  ),
  ...rows(
    'bad base64',
    invalidClient(`${failed} The credentials of the Authorization header are not base64. ${rightWay}`),
    [
      post('/token', passwordForm, { Authorization: `Basic ${consumerKey}:${consumerSecret}` }),
      post('/token', passwordForm, { Authorization: 'Basic' }),
      post('/token', passwordForm, { Authorization: `${authorization}=` }),
      post('/revoke', 'token=x', { Authorization: 'Basic YTpi*' }),
      post('/introspect', 'token=x', { Authorization: 'Basic YTp iYg==' }),
    ],
  ),
  ...rows(
    'credentials that are not text',
    invalidClient(`${failed} The credentials of the Authorization header are not plain UTF-8 text. ${rightWay}`),
    [
      post('/token', passwordForm, { Authorization: encode(Buffer.from('m\xfcller:x', 'latin1')) }),
      post('/revoke', 'token=x', { Authorization: encode('key\0:secret') }),
      post('/introspect', 'token=x', { Authorization: encode(Buffer.from([0xff, 0x3a, 0xfe])) }),
    ],
  ),
  ...rows(
    'a secret with the line break of echo',
    invalidClient(
      `${failed} The secret ends with a line break, as echo and files add one; use echo -n or printf to encode it, or curl -u.`,
    ),
    [
      post('/token', passwordForm, { Authorization: basic(consumerKey, `${consumerSecret}\n`) }),
      post('/revoke', 'token=x', { Authorization: basic(consumerKey, `${consumerSecret}\r\n`) }),
      post('/token', `${passwordForm}&client_id=${consumerKey}&client_secret=${consumerSecret}%0A`, {
        Authorization: undefined,
      }),
      post(`/token?client_id=${consumerKey}&client_secret=${consumerSecret}%0D`, passwordForm, {
        Authorization: 'Bearer stale',
      }),
    ],
  ),
  ...rows(
    'a key with a line break',
    invalidClient(
      `${failed} The key ends with a line break, as echo and files add one; use echo -n or printf to encode it, or curl -u.`,
    ),
    [post('/token', passwordForm, { Authorization: basic(`${consumerKey}\r`, consumerSecret) })],
  ),
  ...rows(
    'no colon',
    invalidClient(
      `${failed} The credentials of the Authorization header have no colon between key and secret. ${rightWay}`,
    ),
    [
      post('/token', passwordForm, { Authorization: encode(consumerKey) }),
      post('/revoke', 'token=x', { Authorization: encode(`${consumerKey} ${consumerSecret}`) }),
    ],
  ),
  ...rows(
    'two headers in one',
    {
      status: 400,
      description:
        'There is a comma in the Authorization header: two headers in one. Give each header its own -H, and send Authorization once.',
    },
    [
      post('/token', passwordForm, {
        Authorization: `${authorization}, Content-Type: application/x-www-form-urlencoded`,
      }),
      post('/token', passwordForm, { authorization }),
      post('/revoke', 'token=x', { authorization: 'Bearer x' }),
      post('/introspect', 'token=x', { Authorization: `${authorization},` }),
    ],
  ),
];
