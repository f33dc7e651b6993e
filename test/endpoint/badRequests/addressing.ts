import { passwordForm } from '../shop.ts';
import { type BadRequests, rows } from './row.ts';

const malformedHost = 'The Host header must be one name or address, with or without a port.';
const foreignHost =
  'This server does not answer for that host. Use localhost, 127.0.0.1 or [::1], or add the name to the setting extraNames.';
const foreignOrigin = "Pages of this origin may not call this server. Add the origin to the key set's allowedOrigins.";

/** Host and Origin. */
export const addressing: BadRequests = ({ post }) => [
  ...rows('no Host', { status: 400, description: 'An HTTP/1.1 request must have a Host header.' }, [
    post('/token', passwordForm, { Host: undefined }),
    post('/nowhere', '', { Host: undefined }),
    post('http://localhost/token', passwordForm, { Host: undefined }),
  ]),
  ...rows('a malformed Host', { status: 400, description: malformedHost }, [
    post('/token', passwordForm, { Host: '' }),
    post('/token', passwordForm, { Host: 'localhost/token' }),
    post('/token', passwordForm, { Host: 'tester@localhost' }),
    post('/token', passwordForm, { Host: '[::1' }),
    post('/token', passwordForm, { Host: 'localhost:99999' }),
  ]),
  ...rows('two Hosts', { status: 400, description: malformedHost }, [
    post('/token', passwordForm, { host: 'localhost' }),
    post('/token', passwordForm, { host: 'evil.example' }),
    post('/token', passwordForm, { Host: 'evil.example', host: 'localhost' }),
  ]),
  ...rows('a foreign Host', { status: 421, description: foreignHost }, [
    post('/token', passwordForm, { Host: 'evil.example' }),
    post('/token', passwordForm, { Host: 'localhost.evil.example:8243' }),
    post('/token', passwordForm, { Host: '127.0.0.1.nip.io' }),
    post('/token', passwordForm, { Host: '10.0.2.2:8243' }),
    post('/token', passwordForm, { Host: '[::2]' }),
  ]),
  ...rows('a foreign Host on any path and method', { status: 421, description: foreignHost }, [
    post('/', '', { Host: 'evil.example' }),
    post('/revoke', 'token=x', { Host: 'evil.example', Origin: 'http://evil.example' }),
    post('/token', passwordForm, { Host: 'evil.example' }).replace('POST', 'GET'),
    post('/token', '', { Host: 'rebound.test', 'Access-Control-Request-Method': 'POST' }).replace('POST', 'OPTIONS'),
  ]),
  ...rows('a foreign host in the request target', { status: 421, description: foreignHost }, [
    post('http://evil.example/token', passwordForm),
    post('https://evil.example:8243/token', passwordForm),
    post('HTTP://EVIL.example/token', passwordForm),
    post('http://localhost/token', passwordForm, { Host: 'evil.example' }),
  ]),
  ...rows('a malformed host in the request target', { status: 400, description: malformedHost }, [
    post('http:///token', passwordForm),
    post('http://tester@localhost/token', passwordForm),
  ]),
  ...rows('a foreign Origin', { status: 403, description: foreignOrigin }, [
    post('/token', passwordForm, { Origin: 'https://evil.example' }),
    post('/token', passwordForm, { Origin: 'http://localhost.evil.example' }),
    post('/token', passwordForm, { Origin: 'http://127.0.0.1.nip.io:3000' }),
    post('/revoke', 'token=x', { Origin: 'https://evil.example' }),
    post('/token', '', { Origin: 'https://evil.example' }).replace('POST', 'OPTIONS'),
  ]),
  ...rows(
    'the Origin of a file',
    {
      status: 403,
      description:
        'A page opened from a file, or in a sandbox, has no origin that could be allowed. Serve it from this machine and open the page by http://localhost.',
    },
    [
      post('/token', passwordForm, { Origin: 'null' }),
      post('/token', passwordForm, { Origin: 'file://' }),
      post('/token', '', { Origin: 'null' }).replace('POST', 'OPTIONS'),
    ],
  ),
  ...rows('an Origin that is not loopback', { status: 403, description: foreignOrigin }, [
    post('/token', passwordForm, { Origin: '*' }),
    post('/token', passwordForm, { Origin: 'capacitor://localhost' }),
    post('/token', passwordForm, { Origin: 'chrome-extension://localhost' }),
    post('/token', passwordForm, { Origin: '' }),
  ]),
  ...rows('an Origin that no browser writes', { status: 403, description: foreignOrigin }, [
    post('/token', passwordForm, { Origin: 'http://localhost:3000/' }),
    post('/token', passwordForm, { Origin: 'http://LOCALHOST:3000' }),
    post('/token', passwordForm, { Origin: 'http://tester@localhost:3000' }),
    post('/token', passwordForm, { Origin: 'http://localhost:3000, https://evil.example' }),
    post('/token', passwordForm, { Origin: 'http://localhost:3000', origin: 'http://localhost:3000' }),
  ]),
];
