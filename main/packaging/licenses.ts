// The licences of shipped packages: those in the bundles, which vite lists, and those outside.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mayShip } from './spdx.ts';

/** A shipped package, whole or in part. */
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

/** Packages without a licence text, and a package of the same author with the text. */
const textFrom: Readonly<Record<string, string>> = { 'react-remove-scroll-bar': 'react-remove-scroll' };

const bundles = ['main', 'desktop', 'preload', 'renderer'];

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8'));

const isLicense = (file: string): boolean => /^(licen[cs]e|copying|notice)/i.test(file);

const licenseTexts = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter(isLicense)
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());

/** An installed package and its dependencies. A binary's package without a licence text inherits the main package's. */
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

/** All packages that `root` ships, once per name and version. Needs built bundles. */
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

/** One text with all licences. Throws if one is missing, or does not allow shipping. */
export function licenseText(packages: readonly Shipped[]): string {
  const parts = packages.map(({ name, version, identifier = '', text = '' }) => {
    if (!mayShip(identifier)) throw new Error(`${name} ${version} cannot be shipped under "${identifier}"`);
    if (text.trim() === '') throw new Error(`${name} ${version} has no licence text (${identifier})`);
    return `${line}\n${name} ${version} (${identifier})\n${line}\n\n${text.trim()}\n`;
  });
  return `Keyfob contains the work of others, under these licences.\n\n${parts.join('\n')}`;
}

/** Writes `build/THIRD-PARTY-LICENSES.txt`. Throws errors of `licenseText`. */
export const writeLicenses = (root: string): void =>
  writeFileSync(join(root, 'build/THIRD-PARTY-LICENSES.txt'), licenseText(shipped(root)));
