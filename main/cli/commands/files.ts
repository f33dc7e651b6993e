import { existsSync } from 'node:fs';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { writePrivateFile } from '../../system/privateFile.ts';
import type { FileTrait } from '../methods/traits.ts';
import type { Row } from '../text/rows.ts';

/** A file that a command writes. */
export interface Target {
  readonly path: string;
  readonly overwrite: boolean;
}

const badFile = (message: string, cause?: unknown): KeyfobError =>
  new KeyfobError('bad_input', message, { fields: [{ path: 'file', message }] }, { cause });

/** The file that a method writes, if it writes one. Throws `bad_input` for an existing file without `--overwrite`. */
export function targetOf(file: FileTrait | undefined, given: Row): Target | undefined {
  if (file?.access !== 'write') return undefined;
  const target = { path: String(given.file), overwrite: given.overwrite === true };
  if (!target.overwrite && existsSync(target.path)) {
    throw badFile(`${target.path} exists already. Choose another file, or add --overwrite.`);
  }
  return target;
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

/** Writes the file of an output, completely or not at all, readable by its owner only. Returns the output with its path. */
export async function writeOutputFile({ path, overwrite }: Target, output: unknown): Promise<Row> {
  const { file, ...rest } = output as { readonly file: string };
  const bytes = Buffer.from(file, 'base64');
  if (overwrite) writePrivateFile(path, bytes, { durable: true });
  else await writeNew(path, bytes);
  return { file: path, ...rest };
}
