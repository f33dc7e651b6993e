import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { releaseNotes, taggedVersion } from '../../main/packaging/releaseNotes.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const changelog = `# Changelog

## [Unreleased]

### Added

- Not yet.

## [1.2.0] - 2026-11-27

### Added

- Two things,
  the second of which is long.

### Thanks

## 1.2
## 1.1.0

- One.
`;

test('gives the section of a version without its heading', () => {
  assert.equal(releaseNotes(changelog, '1.1.0'), '- One.\n');
  assert.match(
    releaseNotes(changelog, '1.2.0'),
    /^### Added\n\n- Two things,\n {2}the second of which is long\.\n\n### Thanks\n$/,
  );
});

test('throws for a version without a heading or a text', () => {
  assert.throws(
    () => releaseNotes(changelog, '1.3.0'),
    /no heading "## \[1\.3\.0\]"; rename "## \[Unreleased\]" to it/,
  );
  assert.throws(() => releaseNotes(changelog, '1.2'), /has no text for 1\.2/);
  assert.throws(() => releaseNotes(changelog, ''), /no heading/);
});

test('reads our own changelog once Unreleased has its version', () => {
  const { version } = JSON.parse(read('package.json'));
  const own = read('CHANGELOG.md').replace('## [Unreleased]', `## [${version}]`);
  const notes = releaseNotes(own, version);
  assert.match(notes, /^### (Added|Changed|Fixed|Security)\n/m);
  assert.doesNotMatch(notes, /^## /m);
});

test('refuses a tag that is not the version', () => {
  assert.equal(taggedVersion('v1.2.0', '1.2.0'), '1.2.0');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'main/packaging/releaseNotes.ts'), 'v0.0.1'],
    { encoding: 'utf8' },
  );
  assert.deepEqual([status, stdout], [1, '']);
  assert.match(stderr, /^The tag is "v0\.0\.1", and package\.json says \d/);
});
