import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { releaseNotes, taggedVersion } from '../../main/packaging/releaseNotes.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const changelog = `# Changelog

## Unreleased

- [New] Not yet.

## 1.2.0 (2026-11-27)

- [New] Two things,
  the second of which is long.

### Thanks

## 1.2
## 1.1.0

- [Fixed] One.
`;

test('the section of a version, without its heading', () => {
  assert.equal(releaseNotes(changelog, '1.1.0'), '- [Fixed] One.\n');
  assert.match(
    releaseNotes(changelog, '1.2.0'),
    /^- \[New\] Two things,\n {2}the second of which is long\.\n\n### Thanks\n$/,
  );
});

test('a version that is not there, or of which nothing is said, is an error', () => {
  assert.throws(() => releaseNotes(changelog, '1.3.0'), /no heading "## 1\.3\.0"\. Rename "## Unreleased"/);
  assert.throws(() => releaseNotes(changelog, '1.2'), /section of 1\.2 in CHANGELOG\.md is empty/);
  assert.throws(() => releaseNotes(changelog, ''), /no heading/);
});

test('our own changelog, as it will be once Unreleased has its version', () => {
  const { version } = JSON.parse(read('package.json'));
  const own = read('CHANGELOG.md').replace('## Unreleased', `## ${version}`);
  const notes = releaseNotes(own, version);
  assert.match(notes, /^- \[(New|Changed|Fixed|Security)\] /);
  assert.doesNotMatch(notes, /^## /m);
});

test('a tag that is not the version ends it', () => {
  assert.equal(taggedVersion('v1.2.0', '1.2.0'), '1.2.0');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'main/packaging/releaseNotes.ts'), 'v0.0.1'],
    { encoding: 'utf8' },
  );
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^The tag is "v0\.0\.1", but package\.json has version \d/);
});
