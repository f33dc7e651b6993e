import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readCredentials, whyNoToken } from '../../../../main/engine/gateway/validation/credentials.ts';

const old = { anyCase: false, takesLast: false, keepsRest: false };
const middle = { ...old, keepsRest: true };
const newest = { anyCase: false, takesLast: true, keepsRest: true };
const lenient = { ...newest, anyCase: true };

test('6 the token is read from the header as the version does', () => {
  const table: readonly [value: string | undefined, rules: typeof old, token: string | undefined, rest?: string][] = [
    ['Bearer abc', old, 'abc'],
    ['Bearer abc', newest, 'abc'],
    // The scheme.
    ['bearer abc', old, undefined],
    ['BEARER abc', newest, undefined],
    ['bearer abc', lenient, 'abc'],
    ['BEARER abc', lenient, 'abc'],
    ['Basic abc', old, undefined],
    ['abc', old, undefined],
    // Nothing behind it.
    [undefined, old, undefined],
    ['', old, undefined],
    ['Bearer', old, undefined],
    ['Bearer ', newest, undefined],
    ['Bearer ""', old, undefined],
    // Spaces and quotes.
    ['Bearer   abc', old, 'abc'],
    ['  Bearer\tabc ', old, 'abc'],
    ['Bearer "abc"', old, 'abc'],
    ["Bearer 'abc'", newest, 'abc'],
    // Several words.
    ['Bearer a b', old, 'a'],
    ['Bearer a b', middle, 'a'],
    ['Bearer a b', newest, 'b'],
    ['OAuth Bearer a', old, 'a'],
    // Several parts.
    ['Bearer a, Bearer b', old, 'a'],
    ['Bearer a, Bearer b', newest, 'b'],
    ['Basic x, Bearer y', old, 'y'],
    ['Basic x, Bearer y', middle, 'y', 'Basic x'],
    ['Basic x, Bearer y, Digest z', newest, 'y', 'Basic x, Digest z'],
    ['Bearer, Bearer y', middle, 'y', 'Bearer'],
    [',,Bearer y,,', newest, 'y'],
  ];
  for (const [value, rules, token, rest] of table) {
    const sent = readCredentials(value, rules);
    assert.deepEqual([sent?.token, sent?.rest], [token, rest], `${value} ${JSON.stringify(rules)}`);
  }
});

test('6 the reason says what the header lacks, and never repeats a token', () => {
  const table: readonly [value: string | undefined, why: RegExp][] = [
    [undefined, /has no header X-Auth\./],
    [' ', /X-Auth is empty/],
    ['Bearer', /says Bearer, but no token follows/],
    ['bearer abc', /with a capital B/],
    ['Basic abc', /has the scheme Basic, but the gateway needs Bearer/],
    ['a-token-of-28-characters-1234', /must begin with the word Bearer/],
  ];
  for (const [value, why] of table) {
    const text = whyNoToken('X-Auth', value);
    assert.match(text, why);
    assert.ok(!/abc|1234/.test(text), text);
  }
});

test('any header: reading never throws, and the token has no space and no comma', () => {
  const word = fc.constantFrom('Bearer', 'bearer', 'Basic', 'abc', '"q"', ',', ' ', '\t', ';');
  const value = fc.oneof(
    fc.array(word, { maxLength: 10 }).map((words) => words.join(' ')),
    fc.string(),
  );
  fc.assert(
    fc.property(value, fc.constantFrom(old, middle, newest, lenient), (text, rules) => {
      const sent = readCredentials(text, rules);
      assert.ok(sent === undefined || /^[^\s,]+$/.test(sent.token) || !/^[\x20-\x7E\t]*$/.test(text), sent?.token);
      whyNoToken('Authorization', text);
    }),
  );
});
