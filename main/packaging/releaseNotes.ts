// `npm run --silent release-notes -- v1.2.3` prints the text of a version in CHANGELOG.md.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a changelog and a version; gives the text under the version's heading, `## [1.2.3] - 2026-11-27`. Brackets and
 * date may be missing. Throws if the heading or the text is missing.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/\s/, 1)[0]?.replace(/^\[(.+)\]$/, '$1') === version);
  if (section === undefined) {
    throw new Error(
      `CHANGELOG.md has no heading "## [${version}]"; rename "## [Unreleased]" to it, and tag that commit.`,
    );
  }
  const notes = section.replace(/^.*/, '').trim();
  if (notes === '') throw new Error(`CHANGELOG.md has no text for ${version}.`);
  return `${notes}\n`;
}

/** Takes a tag; gives its version. Throws if package.json has another one. */
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
