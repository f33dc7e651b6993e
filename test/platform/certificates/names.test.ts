import assert from 'node:assert/strict';
import { test } from 'node:test';
import { certificateNames, isNamePermitted } from '../../../main/platform/certificates/names.ts';

test('permits local names and private addresses', () => {
  const names = ['localhost', 'app.localhost', 'phone.local', 'a.b.test', 'Phone.TEST', 'host.docker.internal', 'test'];
  const addresses = [
    ...['127.0.0.1', '127.255.255.255', '10.0.2.2', '172.16.0.1', '172.31.255.255', '192.168.1.20', '169.254.1.1'],
    ...['::1', 'fc00::1', 'fd12:3456::7', 'FE80::1', 'febf::ffff', '0:0:0:0:0:0:0:1'],
  ];
  for (const name of [...names, ...addresses]) assert.equal(isNamePermitted(name), true, name);
});

test('permits nothing else', () => {
  const names = [
    'example.com',
    'localhost.example.com',
    'mytest',
    'phone',
    'test.',
    '*.test',
    'a..test',
    '-a.test',
    '',
  ];
  const addresses = [
    ...['8.8.8.8', '9.255.255.255', '11.0.0.0', '172.15.0.1', '172.32.0.1', '192.169.0.1', '0.0.0.0', '127.0.0.1.2'],
    ...['::', '::2', '2001:db8::1', 'fe00::1', 'fec0::1', '::ffff:10.0.0.1', '::ffff:7f00:1', 'fe80::1%eth0'],
  ];
  for (const name of [...names, ...addresses, `${'a'.repeat(64)}.test`, `${'a.'.repeat(130)}test`]) {
    assert.equal(isNamePermitted(name), false, name);
  }
});

test('lists our own names and the extra ones without duplicates', () => {
  assert.deepEqual(certificateNames([]), ['localhost', '127.0.0.1', '::1']);
  assert.deepEqual(certificateNames(['LOCALHOST', '0:0::1', 'Phone.test', 'phone.test', 'FD00:0::1', 'fd00::1']), [
    ...['localhost', '127.0.0.1', '::1', 'phone.test', 'fd00::1'],
  ]);
});

test('names the refused name in the error', () => {
  assert.throws(() => certificateNames(['phone.test', 'example.com']), {
    code: 'name_not_permitted',
    message: /^The local CA cannot issue a certificate for example\.com\. /,
  });
});
