import { existsSync, statSync } from 'node:fs';
import { mkdir, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { ExportedFile } from '../../../preload/contract/exports.ts';
import { writePrivateFile } from '../../system/privateFile.ts';
import type { FileTrait } from '../methods/traits.ts';
import type { Row } from '../text/rows.ts';

/** A file or folder that a command writes. */
export interface Target {
  /** The member of the output that a file gets: base64 in `file`, or `text`. */
  readonly member: 'file' | 'text';
  readonly path: string;
  readonly isFolder: boolean;
  readonly overwrite: boolean;
}

const badFile = (message: string, cause?: unknown, path = 'file'): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path, message }] }, { cause });

/**
 * The file or folder that a method writes, if it writes one. Throws `bad_input` for an existing file without `--overwrite`,
 * for a file where the folder should be, and for a missing file that must not be printed.
 */
export function targetOf(file: FileTrait | undefined, given: Row): Target | undefined {
  if (file === undefined || file.access === 'read') return undefined;
  if (file.access === 'writeText' && given.file === undefined) {
    const why = file.needed(given);
    if (why !== undefined) throw badFile(why);
    return undefined;
  }
  const isFolder = file.access === 'writeFolder';
  const target: Target = {
    isFolder,
    member: file.access === 'writeText' ? 'text' : 'file',
    path: String(isFolder ? given.out : given.file),
    overwrite: given.overwrite === true,
  };
  if (isFolder) demandFolder(target.path);
  else if (!target.overwrite && existsSync(target.path)) {
    throw badFile(`${target.path} exists already. Choose another file, or add --overwrite.`);
  }
  return target;
}

function demandFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === false) {
    throw badFile(`${path} is a file. Choose a folder.`, undefined, 'out');
  }
}

/** The input with the content of its file instead of the path. Throws `bad_input`, or the trait's error for a large file. */
export async function withContent(file: FileTrait | undefined, input: Row): Promise<Row> {
  if (file?.access !== 'read') return input;
  const path = String(input.file);
  try {
    if ((await stat(path)).size > file.mostBytes) {
      throw new KeyfobError(file.tooLarge.code, `${path} is too large: ${file.tooLarge.limit}.`);
    }
    return { ...input, file: (await readFile(path)).toString('base64') };
  } catch (error) {
    if (error instanceof KeyfobError) throw error;
    throw badFile(`Cannot read ${path}. Check its path and permissions.`, error);
  }
}

async function writeNew(path: string, bytes: Buffer | string): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await handle.close();
  }
}

/**
 * Writes the files of an output into a folder, readable by their owner only. Throws `bad_input` for existing ones without
 * `--overwrite`, before it writes any. Returns the output with their paths.
 */
async function writeOutputFolder({ path: folder, overwrite }: Target, output: unknown): Promise<Row> {
  const { files, ...rest } = output as { readonly files: readonly ExportedFile[] };
  const placed = files.map(({ name, text }) => ({ path: join(folder, name), text }));
  const existing = placed.filter(({ path }) => existsSync(path)).map(({ path }) => path);
  if (!overwrite && existing.length > 0) {
    throw badFile(`${existing[0]} exists already. Choose another folder, or add --overwrite.`, undefined, 'out');
  }
  for (const { path, text } of placed) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (overwrite) writePrivateFile(path, text, { durable: true });
    else await writeNew(path, text);
  }
  return { ...rest, folder, files: placed.map(({ path }) => path) };
}

/** Writes the file of an output, completely or not at all, readable by its owner only, or the files of a folder. Returns the output with their paths. */
export async function writeOutput(target: Target, output: unknown): Promise<Row> {
  if (target.isFolder) return await writeOutputFolder(target, output);
  const { path, overwrite, member } = target;
  const { [member]: content = '', ...rest } = output as { readonly [M in Target['member']]?: string };
  const bytes = Buffer.from(content, member === 'file' ? 'base64' : 'utf8');
  if (overwrite) writePrivateFile(path, bytes, { durable: true });
  else await writeNew(path, bytes);
  return { file: path, ...rest };
}
