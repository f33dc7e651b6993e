import { readFile } from 'node:fs/promises';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { App } from '../app/app.ts';
import { variablesIn } from '../cli/methods/describe.ts';

/** Applies the text of a keyfob.yaml. Throws `bad_input` with line and column, and the errors of the methods. */
export async function applySeed(
  { call }: Pick<App, 'call'>,
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<{ readonly changes: number }> {
  const { changes } = await call('describe.apply', {
    file: Buffer.from(text).toString('base64'),
    variables: variablesIn(text, environment),
  });
  return { changes: changes.length };
}

/** Reads the text of a seed. Throws `bad_input` with its path. */
export async function readSeed(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new KeyfobError(
      'bad_input',
      `Cannot read the seed ${path}. Check its path and permissions.`,
      {},
      { cause: error },
    );
  }
}
