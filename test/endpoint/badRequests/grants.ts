import { passwordForm } from '../shop.ts';
import { type BadRequests, rows } from './row.ts';

const invalidGrant = (description: string) => ({ status: 400, error: 'invalid_grant', description });

/** Well-formed requests that the engine refuses. */
export const grants: BadRequests = ({ post, other, consumerKey, consumerSecret }) => [
  ...rows('no grant type', { status: 400, description: 'Missing grant_type parameter value' }, [
    post('/token', ''),
    post('/token', 'username=tester&password=s3cret'),
    post('/token', 'grant_type=&username=tester&password=s3cret'),
    post('/token', '&&&'),
    post('/token', 'grant_type', { Authorization: undefined }),
  ]),
  ...rows(
    'another grant type',
    { status: 400, error: 'unsupported_grant_type', description: 'Unsupported grant_type value' },
    [
      post('/token', 'grant_type=implicit'),
      post('/token', passwordForm.replace('password', 'PASSWORD')),
      post('/token', passwordForm.replace('password', '+password')),
      post('/token', 'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code'),
    ],
  ),
  ...rows('no code', { status: 400, description: 'Missing parameters: code redirect_uri' }, [
    post('/token', 'grant_type=authorization_code'),
  ]),
  ...rows('no user at all', { status: 400, description: 'Missing parameters: password username' }, [
    post('/token', 'grant_type=password'),
    post('/token', 'grant_type=password&username=&password='),
    post('/token', 'grant_type=password&Username=tester&Password=s3cret'),
  ]),
  ...rows('a user without a password', { status: 400, description: 'Missing parameters: password' }, [
    post('/token', 'grant_type=password&username=tester'),
    post('/token', 'grant_type=password&username=tester&password='),
  ]),
  ...rows('no refresh token', { status: 400, description: 'Missing parameters: refresh_token' }, [
    post('/token', 'grant_type=refresh_token'),
    post('/token', 'grant_type=refresh_token&refresh_token='),
  ]),
  ...rows('an unknown refresh token', invalidGrant('Persisted access token data not found'), [
    post('/token', 'grant_type=refresh_token&refresh_token=x'),
    post('/token', 'grant_type=refresh_token&refresh_token=abcdefghijklmnopqrstuvwxyz01'),
    post('/token', `grant_type=refresh_token&refresh_token=${other.accessToken}`),
    post('/token', 'grant_type=refresh_token&refresh_token=%F0%9F%94%91'),
    post('/token', `grant_type=refresh_token&refresh_token=${'a'.repeat(60_000)}`),
  ]),
  ...rows('a wrong password', invalidGrant('Authentication failed for tester'), [
    post('/token', 'grant_type=password&username=tester&password=wrong'),
    post('/token', 'grant_type=password&username=tester&password=s3cret+'),
    post('/token', 'grant_type=password&username=tester%40carbon.super&password=S3CRET'),
    post('/token', `grant_type=password&username=tester&password=${'x'.repeat(60_000)}`),
  ]),
  ...rows('an unknown user', invalidGrant('Authentication failed for m\u00fcller "\u{1f511}"'), [
    post('/token', `grant_type=password&username=${encodeURIComponent('m\u00fcller "\u{1f511}"')}&password=x`),
  ]),
  ...rows('a user that has no password', invalidGrant('Authentication failed for admin'), [
    post('/token', 'grant_type=password&username=admin&password=admin'),
  ]),
  ...rows(
    'a grant that the key set does not allow',
    {
      status: 400,
      error: 'unauthorized_client',
      description: 'The authenticated client is not authorized to use this authorization grant type',
    },
    [
      post('/token', passwordForm, { Authorization: other.authorization }),
      post('/token', 'grant_type=refresh_token&refresh_token=x', { Authorization: other.authorization }),
    ],
  ),
  ...rows(
    'malformed scopes',
    {
      status: 400,
      error: 'invalid_scope',
      description:
        'Scopes are separated by spaces; each has at most 60 printable ASCII characters without quotes and backslashes, together at most 2048.',
    },
    [
      post('/token', 'grant_type=client_credentials&scope=%22'),
      post('/token', 'grant_type=client_credentials&scope=a%5Cb'),
      post('/token', 'grant_type=client_credentials&scope=%C3%A9'),
      post('/token', `grant_type=client_credentials&scope=${'a'.repeat(61)}`),
      post('/token', `grant_type=client_credentials&scope=${'a+'.repeat(1025)}`),
    ],
  ),
  ...rows(
    'an invalid lifetime',
    {
      status: 400,
      description:
        'validity_period is a whole number of seconds from 1 to 31536000000, or negative for a token that never expires.',
    },
    [
      post('/token', 'grant_type=client_credentials&scope=device_a&validity_period=0'),
      post('/token', 'grant_type=client_credentials&scope=device_a&validity_period=abc'),
      post('/token', 'grant_type=client_credentials&scope=device_a&validity_period=1.5'),
      post('/token', 'grant_type=client_credentials&scope=device_a&validity_period=1e3'),
      post('/token', 'grant_type=client_credentials&scope=device_a&validity_period=99999999999'),
    ],
  ),
  ...rows('no token to revoke', { status: 400, description: 'Invalid revocation request' }, [
    post('/revoke', ''),
    post('/revoke', 'token='),
    post('/oauth2/revoke', `client_id=${consumerKey}&client_secret=${consumerSecret}`, { Authorization: undefined }),
  ]),
  ...rows(
    'a callback that is not the name of a function',
    {
      status: 400,
      description:
        'The parameter callback must be the name of a function: a letter, _ or $, then at most 63 letters, digits, _, $ or dots.',
    },
    [
      post('/revoke', 'token=x&callback=alert(1)'),
      post('/revoke', 'token=x&callback=1cb'),
      post('/revoke', `token=x&callback=${'c'.repeat(65)}`),
      post('/revoke', 'token=x&callback=cb%0A'),
      post('/revoke', 'token=x&callback=%C3%A9', { Authorization: undefined }),
    ],
  ),
  ...rows(
    "another client's token",
    { status: 401, error: 'unauthorized_client', description: 'Client Authentication failed.' },
    [
      post('/revoke', `token=${other.accessToken}`),
      post('/revoke', `token=${other.accessToken}&token_type_hint=refresh_token&callback=cb`),
    ],
  ),
];
