import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  createRecoverySymbols,
  formatRecoveryKey,
  lastGroupOf,
  readRecoveryKey,
} from '../../main/vault/holders/recoveryKey.ts';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const symbols = createRecoverySymbols();
const shown = formatRecoveryKey(symbols);
const typingError = { code: 'wrong_recovery_key', message: /typing error/ };

test('a recovery key has six groups of five, and differs each time', () => {
  assert.match(shown, /^(?:[0-9A-HJKMNP-TV-Z]{5}-){5}[0-9A-HJKMNP-TV-Z]{5}$/);
  assert.ok(shown.endsWith(lastGroupOf(symbols)));
  assert.notEqual(createRecoverySymbols(), symbols);
});

test('accepts any case, spaces and hyphens anywhere, O for 0, I and L for 1', () => {
  const typings = [
    shown,
    shown.toLowerCase(),
    symbols,
    ` ${shown.replaceAll('-', '  ')}\n`,
    shown.replaceAll('-', '\u2013'),
    shown.replaceAll('0', 'o').replaceAll('1', 'l'),
    shown.replaceAll('0', 'O').replaceAll('1', 'I'),
    [...symbols].join(' '),
  ];
  for (const typed of typings) assert.equal(readRecoveryKey(typed), symbols, typed);
});

test('reports a wrong, missing or doubled symbol as a typing error', () => {
  fc.assert(
    fc.property(fc.nat(symbols.length - 1), fc.constantFrom(...alphabet), (at, symbol) => {
      fc.pre(symbols[at] !== symbol);
      assert.throws(() => readRecoveryKey(symbols.slice(0, at) + symbol + symbols.slice(at + 1)), typingError);
    }),
  );
  for (const typed of ['', 'hello', symbols.slice(1), symbols.slice(0, -1), `${symbols}0`, `${symbols}${symbols}`]) {
    assert.throws(() => readRecoveryKey(typed), typingError);
  }
});

test('the error does not repeat the input', () => {
  assert.throws(
    () => readRecoveryKey(symbols.slice(0, -1)),
    (error: Error) => !`${error.message}${error.stack}`.includes(symbols.slice(0, 5)),
  );
});
