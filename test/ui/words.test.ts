import assert from 'node:assert/strict';
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { test } from 'node:test';
import { textsOf, violations } from '../helpers/plainWords.ts';

const root = join(import.meta.dirname, '../..');

/** Texts that may break the rule, each with its reason. */
const allowed: Readonly<Record<string, string>> = {};

test('a banned pattern is found in literals, templates and JSX text, and not in code', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'keyfob-words-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'A.tsx');
  writeFileSync(
    file,
    `import { made } from './made anew.ts';
const label = 'Make it anew';
const hint = \`\${made} asked for\`;
export const A = () => <p title={hint}>{label} Split by blanks</p>;`,
  );
  const found = textsOf(file).flatMap(({ text, line }) => violations(text).map((each) => `${line} ${each.found}`));
  assert.deepEqual(found, ['2 anew', '2 Make', '3 asked for', '4 blanks']);
  assert.deepEqual(violations('Create it again, split by spaces'), []);
});

test("the window's texts are in plain words", () => {
  const found = globSync(['renderer/**/*.{ts,tsx}', 'preload/contract/{settings/*Texts,trustTexts}.ts'], {
    cwd: root,
  }).flatMap((file) =>
    textsOf(join(root, file))
      .filter(({ text }) => !(text in allowed))
      .flatMap(({ text, line }) =>
        violations(text).map((each) => `${relative('.', file)}:${line} "${each.found}" (${each.instead}) in: ${text}`),
      ),
  );
  assert.deepEqual(found, []);
});
