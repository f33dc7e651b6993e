import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { extractAll } from '@electron/asar';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { buildStale } from '../../main/packaging/build.ts';
import { writeLicenses } from '../../main/packaging/licenses.ts';

export const root = resolve(import.meta.dirname, '../..');

/** Marks the fuses in Electron's program. Their version, their number and one character each follow. */
const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
/** Electron's default fuses, in the order of @electron/fuses. */
const asShipped = '101100011';

/** A desktop package that electron-builder assembled by electron-builder.yml. */
export interface Assembled {
  /** The folder to install. */
  readonly folder: string;
  /** The file of the program. */
  readonly program: string;
  /** The content of the archive and the files next to it, in a folder without access to the project. */
  readonly app: string;
  /** electron-builder's warnings. */
  readonly warnings: readonly string[];
  remove(): void;
}

const systems = {
  linux: { from: 'electron', program: 'keyfob', flags: ['--linux'] },
  win: { from: 'electron.exe', program: 'Keyfob.exe', flags: ['--win'] },
};

/** A program for Windows, which also has an icon, names and the checksum of the archive. */
function emptyProgram(): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  const resources = NtExecutableResource.from(program, true);
  const version = Resource.VersionInfo.createEmpty();
  version.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: 'Electron' });
  version.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return Buffer.from(program.generate());
}

/** Warnings start with a yellow dot if colours are on. */
const warningsIn = (output: string): readonly string[] =>
  output.split('\n').filter((line) => line.includes('\u001b[33m•'));

/** Builds stale bundles and assembles them with a stand-in for Electron's folder, whose program only has fuses. */
export function assemble(system: keyof typeof systems): Assembled {
  if (buildStale(['desktop', 'preload', 'renderer', 'cli']) !== 0) throw new Error('it could not be built');
  writeLicenses(root);
  const { from, program, flags } = systems[system];
  const parent = mkdtempSync(join(tmpdir(), 'keyfob-assembled-'));
  const electron = join(parent, 'electron');
  mkdirSync(join(electron, 'locales'), { recursive: true });
  mkdirSync(join(electron, 'resources'));
  for (const locale of ['de', 'en-US']) writeFileSync(join(electron, `locales/${locale}.pak`), '');
  const wire = Buffer.concat([sentinel, Buffer.from([1, asShipped.length]), Buffer.from(asShipped)]);
  const start = system === 'win' ? emptyProgram() : Buffer.alloc(0);
  writeFileSync(join(electron, from), Buffer.concat([start, wire]), { mode: 0o755 });

  const output = join(parent, 'output');
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const places = [`-c.electronDist=${electron}`, `-c.directories.output=${output}`];
  const args = [builder, '--dir', `--${process.arch}`, '--publish', 'never', ...flags, ...places];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1' },
  });
  const remove = () => rmSync(parent, { recursive: true, force: true });
  if (status !== 0) {
    remove();
    throw new Error(`electron-builder ended with ${status}: ${stdout}${stderr}`);
  }

  const folder = globSync(`${system}*-unpacked`, { cwd: output }).map((name) => join(output, name))[0] ?? '';
  const app = join(parent, 'app');
  extractAll(join(folder, 'resources/app.asar'), app);
  return { folder, program: join(folder, program), app, warnings: warningsIn(stdout + stderr), remove };
}

/** The fuses of an assembled program, one character each. */
export function fusesOf({ program }: Assembled): string {
  const bytes = readFileSync(program);
  const start = bytes.indexOf(sentinel) + sentinel.length + 2;
  return bytes.subarray(start, start + asShipped.length).toString();
}

/** The files below a folder, by their paths in it. */
export const filesIn = (folder: string): readonly string[] =>
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
