import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { textsOf, violations } from '../helpers/plainWords.ts';

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
