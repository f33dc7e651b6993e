import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fieldsOf } from '../../main/cli/program/fields.ts';
import type { Topic } from '../../preload/contract/define.ts';
import { contract } from '../../preload/contract/index.ts';
import { windowTopic } from '../../preload/contract/window.ts';
import { textsOf, violations } from '../helpers/plainWords.ts';

const root = resolve(import.meta.dirname, '../..');

/** Rooms whose texts reach people: on a terminal, in a dialog, or as the message of an error. */
const rooms = ['cli', 'serve', 'desktop', 'window', 'packaging'];

/** Texts that are no prose, and texts with another meaning of a banned word. */
const allowed: ReadonlySet<string> = new Set([]);

function findings(pattern: string): string[] {
  return globSync(pattern, { cwd: root }).flatMap((file) =>
    textsOf(join(root, file))
      .filter(({ text }) => !allowed.has(text))
      .flatMap(({ text, line }) =>
        violations(text).map(({ found, instead }) => `${relative('.', file)}:${line} "${found}" (${instead}): ${text}`),
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

const topics: Readonly<Record<string, Topic>> = { ...contract, window: windowTopic };

test('the summaries and flags of the contract are in plain words', () => {
  const found = Object.entries(topics).flatMap(([topic, methods]) =>
    Object.entries(methods).flatMap(([name, method]) =>
      [method.summary, ...fieldsOf(method).map(({ description }) => description)].flatMap((text) =>
        violations(text).map((one) => `${topic}.${name} "${one.found}" (${one.instead}): ${text}`),
      ),
    ),
  );
  assert.deepEqual(found, []);
});
