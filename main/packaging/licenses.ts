// The licences of all that is shipped of others: what the bundles hold, which vite lists, and packages that stay outside.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayShip } from './spdx.ts';

/** A package that is shipped, whole or in part. */
export interface Shipped {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly identifier?: string;
  readonly text?: string;
}

interface Manifest {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

/** Packages that come without the text of their licence, and one of the same author that has it. */
const textFrom: Readonly<Record<string, string>> = { 'react-remove-scroll-bar': 'react-remove-scroll' };

const bundles = ['main', 'desktop', 'preload', 'renderer'];

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));

const isLicense = (file: string): boolean => /^(licen[cs]e|copying|notice)/i.test(file);

const licenseTexts = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(isLicense)
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());

/** A package and those it needs, as they are installed. A binary's own package often leaves the licence to the one it belongs to. */
function installed(root: string, name: string, inherited: readonly string[] = []): readonly Shipped[] {
  const folder = join(root, 'node_modules', name);
  const {
    version,
    license,
    dependencies = {},
    optionalDependencies = {},
  } = readJson<Manifest>(join(folder, 'package.json'));
  const texts = [...inherited, ...licenseTexts(folder)];
  const binaries = Object.keys(optionalDependencies).filter((binary) => existsSync(join(root, 'node_modules', binary)));
  return [
    { name, version, ...(license !== undefined && { identifier: license }), text: texts.join('\n\n') },
    ...binaries.flatMap((binary) => installed(root, binary, texts)),
    ...Object.keys(dependencies).flatMap((needed) => installed(root, needed)),
  ];
}

const withTexts = (packages: readonly Shipped[]): readonly Shipped[] =>
  packages.map((entry) => {
    const text = entry.text ?? packages.find(({ name }) => name === textFrom[entry.name])?.text;
    return text === undefined ? entry : { ...entry, text };
  });

/** All packages that are shipped from `root`, whose bundles are built; each once, by name and version. */
export function shipped(root: string): readonly Shipped[] {
  const bundled = bundles.flatMap((bundle) =>
    readJson<readonly Shipped[]>(join(root, 'build', bundle, '.vite/license.json')),
  );
  const { dependencies = {} } = readJson<Manifest>(join(root, 'package.json'));
  const outside = Object.keys(dependencies).flatMap((name) => installed(root, name));
  const byKey = new Map([...withTexts(bundled), ...outside].map((entry) => [`${entry.name} ${entry.version}`, entry]));
  return [...byKey.entries()].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
}

const line = '='.repeat(80);

/** One text of all their licences. Throws when one is missing, or is of a kind that cannot be shipped. */
export function licenseText(packages: readonly Shipped[]): string {
  const parts = packages.map(({ name, version, identifier = '', text = '' }) => {
    if (!mayShip(identifier)) throw new Error(`${name} ${version} cannot be shipped under "${identifier}"`);
    if (text.trim() === '') throw new Error(`${name} ${version} has no text of its licence (${identifier})`);
    return `${line}\n${name} ${version} (${identifier})\n${line}\n\n${text.trim()}\n`;
  });
  return `Keyfob contains the work of others, under these licences.\n\n${parts.join('\n')}`;
}

/** Writes `build/THIRD-PARTY-LICENSES.txt`. Throws what `licenseText` throws. */
export const writeLicenses = (root: string): void =>
  writeFileSync(join(root, 'build/THIRD-PARTY-LICENSES.txt'), licenseText(shipped(root)));
