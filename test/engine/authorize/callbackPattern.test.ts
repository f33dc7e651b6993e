import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mismatchOf } from '../../../main/engine/oauth/authorize/redirectUri.ts';
import { parseCallbackPattern } from '../../../preload/contract/callbackPattern.ts';

test('a pattern matches whole URLs, as regular expressions do', () => {
  for (const pattern of [
    ...['https://(a|b)\\.test/cb', '(https://a/cb|https://b/cb)', '^https://a$|^https://b$', 'https?://a', 'a{2}'],
    ...[
      'a{2,}',
      'a{1,2}',
      '(?:ab)*',
      '[a-c]+',
      '[^a-c]+',
      '\\w+\\d',
      '.*',
      'a.b',
      '(a*)*',
      '(a|)+b',
      'a+?b',
      '[\\w.-]+',
    ],
    ...['', 'a||b', '[a-]'],
  ]) {
    const ours = parseCallbackPattern(pattern);
    const theirs = new RegExp(`^(?:${pattern})$`);
    for (const text of [
      ...['https://a.test/cb', 'https://b.test/cb', 'https://b.test/cb2', 'https://a/cb', 'https://b/cb', 'https://a'],
      ...['http://a', 'a', 'aa', 'aaa', 'ab', 'abab', 'aab', 'b', 'abc', 'a-b', 'axb', 'x1', '', 'd', '-'],
    ]) {
      assert.equal(ours(text), theirs.test(text), `${pattern} on ${text}`);
    }
  }
});

test('random patterns match as regular expressions do', () => {
  const atom = fc.constantFrom('a', 'b', '.', '[ab]', '\\d', '(a|b)', '(?:(ab)?)', '(?:a*b)');
  const piece = fc.tuple(atom, fc.constantFrom('', '*', '+', '?', '{2}')).map((parts) => parts.join(''));
  const pattern = fc.array(piece, { maxLength: 5 }).map((parts) => parts.join(''));
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '1'), maxLength: 8 });
  fc.assert(
    fc.property(pattern, text, (one, other) =>
      assert.equal(parseCallbackPattern(one)(other), new RegExp(`^(?:${one})$`).test(other)),
    ),
  );
});

test('a pattern that makes other machines backtrack for years answers at once', () => {
  const matches = parseCallbackPattern('(a+)+(a*)*(a|a)*b');
  assert.equal(matches('a'.repeat(2048)), false);
  assert.equal(matches(`${'a'.repeat(2047)}b`), true);
});

test('a redirect URI that could add a header, or run code, never matches', () => {
  for (const sent of [
    'javascript:alert(1)',
    'data:text/html,x',
    'https://a.test/\r\nX: y',
    'https://ä.test',
    'a#b',
    '',
    'foo',
    '/cb',
    '//evil.test',
    'https:',
    'https:///x',
  ]) {
    assert.match(mismatchOf('regexp=.*', sent, true) ?? '', /printable ASCII/, sent);
  }
  assert.equal(mismatchOf('regexp=.*', 'com.example.app:/cb', true), undefined);
});

test('a callback on this machine may have any port, others may not', () => {
  const matches = (callback: string, sent: string, any = true) => mismatchOf(callback, sent, any) === undefined;
  for (const host of ['127.0.0.1', '[::1]', 'localhost']) {
    assert.ok(matches(`http://${host}/cb`, `http://${host}:51004/cb`));
    assert.ok(matches(`http://${host}:3000/cb?a=b`, `http://${host}/cb?a=b`));
    assert.ok(!matches(`http://${host}/cb`, `http://${host}:51004/cb`, false));
    assert.ok(!matches(`http://${host}/cb`, `http://${host}:51004/cb2`));
    assert.ok(!matches(`http://${host}/cb`, `https://${host}:51004/cb`));
    assert.ok(!matches(`http://${host}/cb`, `http://${host}:51004@evil.test/cb`));
  }
  assert.ok(!matches('http://127.0.0.1/cb', 'http://localhost:51004/cb'));
  assert.ok(!matches('http://127.0.0.1.evil.test/cb', 'http://127.0.0.1.evil.test:1/cb'));
  assert.ok(!matches('https://app.test/cb', 'https://app.test:8443/cb'));
});
