import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { test } from 'node:test';

const root = resolve(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const documents = globSync(['*.md', 'docs/**/*.md'], { cwd: root });
const records = globSync('docs/decisions/*/*.md', { cwd: root });

/** GitHub's anchor of a heading. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

const anchorsOf = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => anchorOf(heading));

/** Takes a document; gives its relative links that lead nowhere. */
function brokenLinks(file: string): string[] {
  const text = read(file).replace(/```.*?```/gs, '');
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
  return links.filter((link) => {
    if (/^(https?|mailto):/.test(link)) return false;
    const [path = '', anchor] = link.split('#', 2);
    const target = path === '' ? file : join(dirname(file), path);
    if (!existsSync(join(root, target))) return true;
    return anchor !== undefined && !anchorsOf(read(target)).includes(anchor);
  });
}

test('every relative link in the documents resolves', () => {
  assert.ok(documents.length > 5 && records.length > 80);
  assert.deepEqual(
    documents.flatMap((file) => brokenLinks(file).map((link) => `${file}: ${link}`)),
    [],
  );
});

test("ARCHITECTURE's overview is shorter than 120 lines", () => {
  const [overview = ''] = read('ARCHITECTURE.md').split(/^## Decisions$/m);
  assert.ok(overview.split('\n').length < 120);
});

test('ARCHITECTURE lists each decision once, by its number and title', () => {
  const architecture = read('ARCHITECTURE.md');
  for (const file of records) {
    const [, number, title] = /^# (\d+)\. (.+)\n/.exec(read(file)) ?? [];
    assert.ok(number !== undefined && file.includes(`/${number.padStart(4, '0')}-`), file);
    assert.equal(architecture.split(`- ${number} [${title}](${file})`).length, 2, file);
  }
  const numbers = records.map((file) => /\/(\d{4})-/.exec(file)?.[1]);
  assert.equal(new Set(numbers).size, records.length);
});

test('each decision has a date, a status, a context, a decision and a consequence', () => {
  const shape =
    /^# \d+\. .+\n\n- Date: \d{4}-\d\d-\d\d\n- Status: (accepted|superseded by) ?.*\n\n## Context\n\n.+\n\n## Decision\n\n.+\n\n## Consequence\n\n.+\n$/s;
  for (const file of records) assert.match(read(file), shape, file);
});
