import { buffer } from 'node:stream/consumers';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Wanted } from '../program/actions.ts';
import type { Field } from '../program/fields.ts';
import { isFromStdin } from '../program/flags.ts';
import { secretInFile } from '../secrets/secretText.ts';

const capitalized = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** All of standard input, without the line end after it; typed if standard input is a terminal. */
async function readStdin({ flag }: Field): Promise<string> {
  if (process.stdin.isTTY) {
    const { askHidden } = await import('../secrets/prompt.ts');
    return await askHidden(`${capitalized(flag)}: `);
  }
  return secretInFile(await buffer(process.stdin), `The ${flag} on standard input`);
}

async function askTwice({ flag }: Field): Promise<string> {
  const { askHidden } = await import('../secrets/prompt.ts');
  const typed = await askHidden(`New ${flag}: `);
  if ((await askHidden(`Repeat ${flag}: `)) === typed) return typed;
  throw new KeyfobError('bad_input', `${capitalized(flag)}s don't match. Nothing was changed.`);
}

/**
 * The secrets of a call that are not on its command line: from standard input, or a required new one from the terminal. Throws
 * `bad_input` if one is missing, or if two need the same standard input.
 */
export async function givenSecrets({
  fields,
  input,
  given,
}: Pick<Wanted, 'fields' | 'input' | 'given'>): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  const fromStdin = fields.filter((field) => isFromStdin(field, given));
  if (fromStdin.length > 1) {
    throw new KeyfobError(
      'bad_input',
      `Only one of ${fromStdin.map(({ flag }) => `--${flag}`).join(' and ')} can come from standard input.`,
    );
  }
  for (const field of fromStdin) secrets[field.name] = await readStdin(field);
  for (const field of fields) {
    if (field.secret !== 'new' || !field.required || field.name in input || field.name in secrets) continue;
    if (!process.stdin.isTTY) {
      const ways = `add --${field.flag}-stdin and pipe it in, or run this on a terminal to be asked`;
      throw new KeyfobError('bad_input', `--${field.flag} is missing: ${ways}.`);
    }
    secrets[field.name] = await askTwice(field);
  }
  return secrets;
}
