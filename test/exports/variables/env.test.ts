import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import fc from 'fast-check';
import { envLine } from '../../../main/exports/variables/env.ts';
import { failing } from '../../helpers/engine.ts';
import { hostileText, hostileValues } from '../../snippets/models.ts';
import { textOf, write } from '../sets.ts';

/** The value of `V`, as a shell that sources the text has it. */
const sourced = (text: string): string =>
  execFileSync('bash', ['--norc', '--noprofile', '-c', 'set -a; . <(cat); printf %s "$V"'], {
    input: text,
    env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
    stdio: 'pipe',
  });

const writable = (value: string): string | undefined => {
  try {
    return envLine('V', value);
  } catch (error) {
    failing('bad_input')(error);
    return undefined;
  }
};

test('Node and bash read each value that is not refused, and run no part of it', () => {
  for (const value of hostileValues) {
    const text = writable(value);
    if (text === undefined) continue;
    assert.equal(parseEnv(text).V, value);
    assert.equal(sourced(text), value);
  }
  fc.assert(
    fc.property(hostileText, (value) => {
      const text = writable(value);
      if (text === undefined) return;
      assert.equal(parseEnv(`A=1\n${text}B=2\n`).V, value);
      assert.equal(parseEnv(`A=1\n${text}B=2\n`).B, '2');
    }),
  );
});

test('refuses only values that no quotes can hold in every reader', () => {
  for (const value of ['plain', `it's`, 'say "hi"', '$HOME `id` "x" \\', 'a\nb', 'é 🔑', '#x', '']) {
    assert.notEqual(writable(value), undefined, value);
  }
  for (const value of [`'"`, `'$x`, "'`", "'\\", 'a\rb']) assert.equal(writable(value), undefined, value);
});

test('names each device once, and leaves secrets empty as a form', () => {
  const real = parseEnv(textOf(write('env', 'real'), '.env'));
  assert.deepEqual(
    [real.KEYFOB_ACCESS_TOKEN_I_PAD, real.KEYFOB_ACCESS_TOKEN_I_PAD_2, real.KEYFOB_ACCESS_TOKEN__X],
    ['token-1', 'token-2', 'YOUR_ACCESS_TOKEN'],
  );
  assert.deepEqual([real.KEYFOB_CONSUMER_SECRET, real.KEYFOB_PASSWORD], ['Secret-1', 's3cret']);
  const form = parseEnv(textOf(write('env', 'env'), '.env.example'));
  assert.deepEqual(
    Object.entries(form)
      .filter(([, value]) => value === '')
      .map(([name]) => name)
      .sort(),
    [
      'KEYFOB_ACCESS_TOKEN_I_PAD',
      'KEYFOB_ACCESS_TOKEN_I_PAD_2',
      'KEYFOB_ACCESS_TOKEN__X',
      'KEYFOB_CONSUMER_SECRET',
      'KEYFOB_PASSWORD',
    ],
  );
  assert.deepEqual(Object.keys(form), Object.keys(real));
});
