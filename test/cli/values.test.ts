import assert from 'node:assert/strict';
import { test } from 'node:test';
import { away, label, pointInTime, say } from '../../main/cli/text/values.ts';
import { visible } from '../../main/system/visible.ts';
import { duration } from '../../preload/contract/durations.ts';

process.env.TZ = 'Europe/Berlin';

const atMs = Date.UTC(2026, 2, 1, 13, 3, 9);

test('a duration has at most two units', () => {
  const cases: [number, string][] = [
    [0, '0 s'],
    [0.9, '0 s'],
    [1, '1 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3552, '59 min 12 s'],
    [3600, '1 h'],
    [3605, '1 h'],
    [3661, '1 h 1 min'],
    [86_400, '1 d'],
    [90_061, '1 d 1 h'],
    [31_536_000_000, '365000 d'],
    [-3552, '59 min 12 s'],
  ];
  for (const [seconds, text] of cases) assert.equal(duration(seconds), text);
});

test('a point in time is in local time, with its distance', () => {
  assert.equal(pointInTime(atMs, atMs), '2026-03-01 14:03:09 (now)');
  assert.equal(pointInTime(atMs, atMs - 300_000), '2026-03-01 14:03:09 (in 5 min)');
  assert.equal(pointInTime(atMs, atMs + 3_552_400), '2026-03-01 14:03:09 (59 min 12 s ago)');
});

test('the name of a field decides the format of its value', () => {
  const now = { realMs: atMs, tokenMs: atMs + 3_600_000 };
  const cases: [string, unknown, string][] = [
    ['expiresInSeconds', 3552, '59 min 12 s'],
    ['expiresInSeconds', null, 'never'],
    ['durationMs', 20.56, '20.6 ms'],
    ['backendMs', 3, '3 ms'],
    ['refreshTokenValiditySeconds', -1, 'never'],
    ['clockOffsetSeconds', 0, 'none'],
    ['clockOffsetSeconds', 3601, '+1 h 1 s'],
    ['refreshTokenValiditySeconds', 90_061, '1 d 1 h 1 min 1 s'],
    ['clockOffsetSeconds', -60, '-1 min'],
    ['createdAtMs', atMs, '2026-03-01 14:03:09 (now)'],
    ['expiresAtMs', atMs, '2026-03-01 14:03:09 (1 h ago)'],
    ['expiresAtMs', null, 'never'],
    ['enabled', true, 'yes'],
    ['enabled', false, 'no'],
    ['httpPort', null, 'none'],
    ['roles', [], '-'],
    ['roles', ['a', 'b'], 'a, b'],
    ['device', undefined, '-'],
    ['description', '', '-'],
    ['id', 17, '17'],
    ['name', 'Shop', 'Shop'],
  ];
  for (const [name, value, text] of cases) assert.equal(say(name, value, now), text, name);
});

test('a terminal shows times as distances, without seconds from one minute on', () => {
  const seconds = [0, 45, -59, 60, 3599, -3605, 7140, 93_784];
  assert.deepEqual(
    seconds.map((length) => away(atMs + length * 1000, atMs)),
    ['now', 'in 45 s', '59 s ago', 'in 1 min', 'in 59 min', '1 h ago', 'in 1 h 59 min', 'in 1 d 2 h'],
  );
  assert.equal(say('expiresAtMs', atMs, { realMs: 0, tokenMs: atMs + 60_000 }, true), '1 min ago');
});

test('a label is in plain words, without the unit', () => {
  assert.deepEqual(
    ['expiresInSeconds', 'createdAtMs', 'id', 'tokensRevoked', 'keyTypes', 'hasPassword', 'httpTokenUrl'].map(label),
    ['expires in', 'created', 'id', 'tokens revoked', 'key types', 'password', 'http token URL'],
  );
});

test('control characters in values cannot control the terminal', () => {
  assert.equal(
    visible('a\u001B[31mb\u0007\n\u009B\u202Ec\u2066é漢'),
    'a\\u{1b}[31mb\\u{7}\\u{a}\\u{9b}\\u{202e}c\\u{2066}é漢',
  );
  assert.equal(say('name', ['\u001Bc'], { realMs: 0, tokenMs: 0 }), '\\u{1b}c');
});
