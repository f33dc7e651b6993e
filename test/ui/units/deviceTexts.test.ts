import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VerifiedDevice } from '../../../preload/contract/devices.ts';
import { proofOfRevocation, proofOfStop } from '../../../renderer/features/devices/dialogs/proof.ts';
import {
  checkName,
  checkScope,
  listed,
  nextNumber,
  numberedNames,
  problemsOf,
} from '../../../renderer/features/devices/names.ts';
import { proofOfCalls } from '../../../renderer/features/devices/verify/proofOfCalls.ts';
import { apiUrl, withScheme } from '../../../renderer/features/snippets/apiUrl.ts';
import type { DeviceToken } from '../../../renderer/store/topics/devices/deviceTokenReads.ts';
import { addChips } from '../../../renderer/ui/chips/chips.ts';
import { tokenState } from '../../../renderer/ui/facts/tokenState.ts';
import { prettyJson } from '../../../renderer/ui/reply/prettyJson.ts';

const token = (id: number, device: string, patch: Partial<DeviceToken> = {}): DeviceToken => ({
  id,
  application: 'Shop',
  keyType: 'PRODUCTION',
  user: 'tester',
  userType: 'APPLICATION_USER',
  grantType: 'password',
  scope: `device_${device}`,
  device,
  state: 'ACTIVE',
  stateId: 'NONE',
  bindingRef: 'NONE',
  issuedAtMs: 0,
  expiresAtMs: null,
  valid: true,
  format: 'opaque',
  persistence: 'encrypted',
  reuseCount: 0,
  ...patch,
});
const dead = { state: 'REVOKED', valid: false } as const;

test('checks names by the contract, and names each kind of error once', () => {
  assert.deepEqual(checkName('ipad'), { ok: true, becomes: 'device_ipad' });
  assert.equal(checkName('i pad').ok, false);
  assert.equal(checkScope('device_x').ok, false);
  assert.equal(problemsOf(['ipad', 'tv'], checkName), undefined);
  assert.match(
    problemsOf(['a@', 'b@', 'c@', 'd@', 'e@'], checkName) ?? '',
    /^“a@”, “b@”, “c@” and 2 more: A device name/,
  );
});

test('gives numbered names the same width', () => {
  assert.deepEqual(numberedNames('tv-', 2), ['tv-001', 'tv-002']);
  assert.equal(numberedNames('tv-', 1000)[0], 'tv-0001');
  assert.deepEqual(numberedNames('tv-', 2, 999), ['tv-0999', 'tv-1000']);
});

test('continues after existing numbers', () => {
  assert.equal(nextNumber('tv-', []), 1);
  assert.equal(nextNumber('tv-', ['tv-001', 'tv-012', 'tv-x', 'tv-', 'radio-100']), 13);
});

test('lists names in a sentence', () => {
  assert.deepEqual(
    [['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']].map((names) => listed(names)),
    ['a', 'a and b', 'a, b and c', '4 devices'],
  );
});

test("proves a revocation by the engine's answer", () => {
  const revoked = [token(1, 'ipad', dead)];
  assert.deepEqual(proofOfRevocation(revoked, [token(2, 'iphone'), token(3, 'pixel')]), {
    good: true,
    text: 'ipad revoked · iphone and pixel still active',
  });
  assert.deepEqual(proofOfRevocation(revoked, []), { good: true, text: 'ipad revoked · no other device is active' });
  assert.deepEqual(proofOfRevocation(revoked, [token(2, 'iphone'), token(3, 'pixel', dead)]), {
    good: false,
    text: 'ipad revoked · iphone still active · pixel revoked',
  });
  assert.deepEqual(proofOfRevocation([token(1, 'ipad')], [token(2, 'iphone')]), {
    good: false,
    text: 'ipad not revoked · iphone still active',
  });
});

test('counts the accepted tokens, and names the refused ones with their cause', () => {
  const answered = (device: string, status: number | undefined, more: Partial<VerifiedDevice> = {}) =>
    ({ device, tokenId: 1, status, ok: status === 200, text: '', state: 'ACTIVE', ...more }) as VerifiedDevice;
  assert.deepEqual(proofOfCalls([answered('a', 200), answered('b', 200)]), { good: true, text: '2 answered 200' });
  const revoked = { state: 'REVOKED', retiredAtMs: new Date(2026, 10, 29, 10, 31).getTime() } as const;
  assert.deepEqual(proofOfCalls([answered('a', 200), answered('tablet', 401, revoked), answered('tv', undefined)]), {
    good: false,
    text: '1 answered 200 · tablet got 401 (revoked 10:31) · tv got no answer',
  });
  const many = ['a', 'b', 'c', 'd'].map((device) => answered(device, 401, revoked));
  assert.equal(proofOfCalls(many).text, '4 devices got 401');
});

test('a body of JSON has one member a line, and keeps its numbers', () => {
  const written = prettyJson('{"expires_in":9223372036854775,"a":[1,{"b":"x, {y}"}],"c":[],"d":{}}');
  assert.equal(
    written,
    '{\n  "expires_in": 9223372036854775,\n  "a": [\n    1,\n    {\n      "b": "x, {y}"\n    }\n  ],\n  "c": [],\n  "d": {}\n}',
  );
  assert.equal(prettyJson('<a>1</a>'), '<a>1</a>');
  assert.equal(prettyJson('"a \\" b"'), '"a \\" b"');
});

test('a token past its expiry is expired, whatever its row says', () => {
  const overdue = token(1, 'a', { valid: false });
  assert.equal(proofOfRevocation([token(3, 'c', dead)], [overdue]).text, 'c revoked · a expired');
  assert.deepEqual(
    [tokenState('ACTIVE'), tokenState('ACTIVE', true), tokenState('EXPIRED'), tokenState('REVOKED', true)].map(
      ({ word, detail }) => `${word}, ${detail}`,
    ),
    [
      'Active, Row state: ACTIVE',
      'Expired, Row state: ACTIVE, until the next request for it',
      'Expired, Row state: EXPIRED',
      'Revoked, Row state: REVOKED',
    ],
  );
});

test('a stopped revocation says how far it got', () => {
  const [ipad, iphone] = [token(1, 'ipad', dead), token(2, 'iphone')];
  assert.equal(proofOfStop([ipad, iphone]), 'Stopped: 1 of 2 revoked · the other 1 not revoked');
  assert.equal(proofOfStop([ipad]), 'Stopped: 1 of 1 revoked');
});

test('does not double a typed device_', () => {
  assert.deepEqual(addChips(['ipad'], 'device_ipad, device_tv x device_', 'device_'), {
    chips: ['ipad', 'tv', 'x', 'device_'],
    ...{ repeated: 1, stripped: 2 },
  });
  assert.equal(addChips([], 'device_x').chips[0], 'device_x');
});

test('calls an API without a scheme by https', () => {
  assert.equal(apiUrl('localhost:8243/pets'), 'https://localhost:8243/pets');
  assert.equal(apiUrl('http://api.test/x'), 'http://api.test/x');
  assert.deepEqual(['', 'https://', 'not a url', 'ftp://x', 'http:'].map(apiUrl), Array(5).fill(undefined));
  assert.equal(withScheme('http:'), 'http:');
});
