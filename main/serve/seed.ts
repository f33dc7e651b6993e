import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { App } from '../app/app.ts';
import { variablesIn } from '../cli/methods/describe.ts';
import { givenSecret } from '../cli/secrets/secrets.ts';

/** A keyfob.yaml, or one sealed with age, and where the paths in it start. */
export interface Seed {
  readonly content: Buffer;
  readonly folder: string;
}

/**
 * Applies a seed. Opens a sealed one by KEYFOB_BACKUP_PASSPHRASE or KEYFOB_BACKUP_IDENTITY. Throws `bad_input` with line and
 * column, and the errors of the methods.
 */
export async function applySeed(
  { call }: Pick<App, 'call'>,
  { content, folder }: Seed,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly changes: number }> {
  const { changes } = await call('describe.apply', {
    file: content.toString('base64'),
    variables: variablesIn(content.toString(), environment, folder),
    backupPassphrase: givenSecret('backupPassphrase', environment),
    backupIdentity: givenSecret('backupIdentity', environment),
  });
  return { changes: changes.length };
}

/** Reads a seed. Throws `bad_input` with its path. */
export async function readSeed(path: string): Promise<Seed> {
  try {
    return { content: await readFile(path), folder: dirname(path) };
  } catch (error) {
    throw new KeyfobError(
      'bad_input',
      `Cannot read the seed ${path}. Check its path and permissions.`,
      {},
      { cause: error },
    );
  }
}
