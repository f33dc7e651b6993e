import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explain } from '../../main/engine/decisions/reasons.ts';
import { type Reason, refusalCause, rule } from '../../preload/contract/audit.ts';

const full: Omit<Reason, 'rule'> = {
  atMs: 0,
  tuple: { consumerKey: 'K', user: 'bob', userType: 'APPLICATION_USER', scope: 'a b', bindingRef: 'NONE' },
  candidate: { tokenId: 3, state: 'ACTIVE', secondsLeft: 0.8, refreshSecondsLeft: 100 },
  otherTokenId: 4,
  error: 'invalid_grant',
  errorDescription: 'Text of the wire',
};

test('each rule has its own sentence, with all details and with none', () => {
  const told = new Set<string>();
  for (const name of rule.options) {
    if (name.startsWith('refused_')) continue;
    const text = explain({ ...full, rule: name });
    assert.match(text, /^[A-Z].*\.$/, name);
    assert.doesNotMatch(text, /undefined|NaN|null/, name);
    assert.match(explain({ rule: name, atMs: 0 }), /^[A-Z].*\.$/, name);
    told.add(text);
  }
  assert.equal(told.size, rule.options.filter((name) => !name.startsWith('refused_')).length);
});

test("each cause of a refusal has a sentence in addition to the wire's text", () => {
  const told = refusalCause.options.map((cause) => explain({ rule: 'refused_grant', ...full, cause }));
  assert.equal(new Set(told).size, refusalCause.options.length);
  for (const text of told) assert.match(text, /^Refused with invalid_grant: "Text of the wire"\. [A-Z].*\.$/);
});

test('a reason tells the time left, no expiry, dropped scopes and a kept refresh token', () => {
  const scopesDropped: Reason['scopesDropped'] = [
    { scope: 'x', why: 'unknown' },
    { scope: 'y', why: 'no_roles' },
  ];
  assert.equal(
    explain({ ...full, rule: 'issued_after_expiry', refreshTokenKept: true, scopesDropped }),
    'New: token 3 for user bob with the scopes "a b" had 0.8 s left, and with one second or less it counts as expired. The refresh token and its expiry stay the same. Scopes not granted: x (not defined), y (needs a role, and the user has none).',
  );
  const candidate = { tokenId: 3, state: 'ACTIVE', secondsLeft: null } as const;
  assert.match(explain({ ...full, rule: 'reused', candidate }), /with no expiry\.$/);
});
