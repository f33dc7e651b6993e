import { spawnSync } from 'node:child_process';
import { chmodSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractAll } from '@electron/asar';
import { buildStale } from '../../main/build.ts';
import { writeLicenses } from '../../main/packaging/licenses.ts';

export const root = resolve(import.meta.dirname, '../..');

/** By this Electron's program is told from others, and its fuses follow: their version, their number, and one character each. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
/** As Electron ships them, in the order that @electron/fuses has. */
const asShipped = '101100011';

/** A desktop package, as electron-builder assembles it by electron-builder.yml. */
export interface Assembled {
  /** What would be installed. */
  readonly folder: string;
  /** What is in its archive and beside it, laid out as the program sees it, where nothing of the project is in reach. */
  readonly app: string;
  remove(): void;
}

/** Builds what is stale, and assembles it around a folder that stands for Electron's own: its program has fuses, and nothing else. */
export function assemble(): Assembled {
  if (buildStale(['desktop', 'preload', 'renderer', 'cli']) !== 0) throw new Error('it could not be built');
  writeLicenses(root);
  const parent = mkdtempSync(join(tmpdir(), 'keyfob-assembled-'));
  const electron = join(parent, 'electron');
  mkdirSync(join(electron, 'locales'), { recursive: true });
  mkdirSync(join(electron, 'resources'));
  for (const locale of ['de', 'en-US']) writeFileSync(join(electron, `locales/${locale}.pak`), '');
  writeFileSync(
    join(electron, 'electron'),
    Buffer.concat([sentinel, Buffer.from([1, asShipped.length]), Buffer.from(asShipped)]),
  );
  chmodSync(join(electron, 'electron'), 0o755);

  const output = join(parent, 'output');
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const args = [builder, '--linux', '--dir', '--publish', 'never'];
  const places = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...args, ...places], { cwd: root, encoding: 'utf8' });
  if (status !== 0) throw new Error(`electron-builder ended with ${status}: ${stdout}${stderr}`);

  const folder = globSync('linux*-unpacked', { cwd: output }).map((name) => join(output, name))[0] ?? '';
  const app = join(parent, 'app');
  extractAll(join(folder, 'resources/app.asar'), app);
  return { folder, app, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

/** The fuses of an assembled program, one character each. */
export function fusesOf({ folder }: Assembled): string {
  const program = readFileSync(join(folder, 'keyfob'));
  const start = program.indexOf(sentinel) + sentinel.length + 2;
  return program.subarray(start, start + asShipped.length).toString();
}

/** The files below a folder, by their paths in it. */
export const filesIn = (folder: string): readonly string[] =>
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
