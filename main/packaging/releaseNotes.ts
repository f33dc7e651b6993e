// `npm run --silent release-notes -- v1.2.3`: what CHANGELOG.md says of a version.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What a changelog says under the heading of a version (`## 1.2.3`, perhaps with a date behind it), without that heading. Throws when
 * there is no such heading, or nothing under it.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  if (section === undefined) {
    throw new Error(
      `CHANGELOG.md has no heading "## ${version}"; give "## Unreleased" that name, and tag that commit.`,
    );
  }
  const notes = section.replace(/^.*/, '').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${version}.`);
  return `${notes}\n`;
}

/** The version that a tag names. Throws when it is not the one in package.json. */
export function taggedVersion(tag: string, version: string): string {
  if (tag === `v${version}`) return version;
  throw new Error(`The tag is "${tag}", and package.json says ${version}: it must be v${version}.`);
}

if (import.meta.main) {
  const read = (file: string) => readFileSync(join(import.meta.dirname, '../..', file), 'utf8');
  try {
    const version = taggedVersion(process.argv[2] ?? '', JSON.parse(read('package.json')).version);
    process.stdout.write(releaseNotes(read('CHANGELOG.md'), version));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  }
}
