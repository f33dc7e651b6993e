// `npm run --silent release-notes -- v1.2.3` prints the section of a version in CHANGELOG.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The section of a version in a changelog, without its heading (`## 1.2.3`, with or without a date). Throws without such a heading,
 * or for an empty section.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0] === version);
  if (section === undefined) {
    throw new Error(`CHANGELOG.md has no heading "## ${version}". Rename "## Unreleased", and tag that commit.`);
  }
  const notes = section.replace(/^.*/, '').trim();
  if (notes === '') throw new Error(`The section of ${version} in CHANGELOG.md is empty.`);
  return `${notes}\n`;
}

/** The version of a tag. Throws if package.json has another. */
export function taggedVersion(tag: string, version: string): string {
  if (tag === `v${version}`) return version;
  throw new Error(`The tag is "${tag}", but package.json has version ${version}. Use the tag v${version}.`);
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
