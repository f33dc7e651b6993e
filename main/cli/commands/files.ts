import { existsSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { Option } from 'commander';
import { backupLimitBytes } from '../../../preload/contract/backupLimit.ts';
import type { OutputOf } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MethodName, MethodOf } from '../../../preload/contract/index.ts';
import { writePrivateFile } from '../../system/privateFile.ts';

/** Methods that the contract gives a file's content, where people name the file. */
const reading: ReadonlySet<MethodName> = new Set(['backup.inspect', 'backup.preview', 'backup.import']);

type Input = Readonly<Record<string, unknown>>;

/** A file that a command writes. */
export interface Target {
  readonly path: string;
  readonly overwrite: boolean;
}

const badFile = (message: string, cause?: unknown): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path: 'file', message }] }, { cause });

/** Flags of a method that the contract does not know of, as they are about files of this machine. */
export const fileFlagsOf = (name: string): Option[] =>
  name === 'backup.export'
    ? [
        new Option('--file <path>', 'where to write the backup (required)').makeOptionMandatory(),
        new Option('--overwrite', 'replace an existing file'),
      ]
    : [];

/** Where a method is to write. Throws `bad_input` for a file that is there and may not be overwritten. */
export function targetOf(name: MethodName, given: Input): Target | undefined {
  if (name !== 'backup.export') return undefined;
  const target = { path: String(given.file), overwrite: given.overwrite === true };
  if (!target.overwrite && existsSync(target.path)) {
    throw badFile(`${target.path} exists already. Choose another file, or add --overwrite.`);
  }
  return target;
}

/** The input with the content of the file that it names. Throws `bad_input`, `backup_too_large`. */
export async function withFile(name: MethodName, input: Input): Promise<Input> {
  if (!reading.has(name)) return input;
  const path = String(input.file);
  try {
    // Armored text takes a third more.
    if ((await stat(path)).size > 1.5 * backupLimitBytes) {
      throw new KeyfobError('backup_too_large', `${path} is too large: a backup has at most 32 MiB.`);
    }
    return { ...input, file: (await readFile(path)).toString('base64') };
  } catch (error) {
    if (error instanceof KeyfobError) throw error;
    throw badFile(`${path} cannot be read; check its path and its permissions.`, error);
  }
}

async function writeNew(path: string, bytes: Buffer): Promise<void> {
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

/** Writes a backup for its owner only, whole or not at all; gives what to tell of it. */
export async function keepBackup(
  { path, overwrite }: Target,
  { file, ...rest }: OutputOf<MethodOf<'backup.export'>>,
): Promise<Input> {
  const bytes = Buffer.from(file, 'base64');
  if (overwrite) writePrivateFile(path, bytes, { durable: true });
  else await writeNew(path, bytes);
  return { file: path, ...rest };
}
