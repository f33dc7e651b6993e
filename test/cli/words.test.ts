import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { test } from 'node:test';
import { textsOf, violations } from '../helpers/plainWords.ts';

const root = resolve(import.meta.dirname, '../..');

/** Rooms of main, each with texts that reach people: on a terminal, in a dialog, or as the message of an error. */
const rooms = globSync('main/*/tsconfig.json', { cwd: root }).map((file) => basename(dirname(file)));

const schema = 'main/store/migrations/*.ts';

/** Texts with another meaning of a banned word. */
const allowed: ReadonlySet<string> = new Set([
  // To take over means to hijack.
  'Enter the recovery key, so that nobody can take over an unlocked Keyfob. If you have lost it, create a backup and start with an empty folder.',
  // WSO2's text: the end user.
  'End User denied the logout request',
]);

function findings(pattern: string): string[] {
  return globSync(pattern, { cwd: root, exclude: [schema] }).flatMap((file) =>
    textsOf(join(root, file))
      .filter(({ text }) => !allowed.has(text))
      .flatMap(({ text, line }) =>
        violations(text).map(({ found, instead }) => `${file}:${line} "${found}" (${instead}): ${text}`),
      ),
  );
}

for (const room of rooms) {
  test(`main/${room} is in plain words`, () => {
    assert.deepEqual(findings(`main/${room}/**/*.{ts,mjs}`), []);
  });
}

test('the entries of main are in plain words', () => {
  assert.deepEqual(findings('main/*.{ts,mjs}'), []);
});

test('the contract and its summaries are in plain words', () => {
  assert.deepEqual(findings('preload/**/*.ts'), []);
});
