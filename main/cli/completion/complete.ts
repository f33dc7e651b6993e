import type { Command } from 'commander';
import { connectControl } from '../../transport/client.ts';
import type { Caller } from '../../transport/reply.ts';
import type { Parts } from '../session/parts.ts';
import { candidatesFor } from './candidates.ts';
import { namesOf } from './names.ts';

/** A person waits for the completion. */
const timeoutMs = 1000;

/** Calls the process that serves a data folder. Completion itself opens no vault and never prompts. */
function ownersCall(folder: string): Caller | undefined {
  const client = connectControl(folder);
  if (client === undefined) return undefined;
  const signal = AbortSignal.timeout(timeoutMs);
  return (name, input) => client.call(name, input, { signal });
}

/** The value of `--home`, which names the data folder. */
const homeIn = (words: readonly string[]): string | undefined => {
  const at = words.indexOf('--home');
  return at < 0 || at >= words.length - 1 ? undefined : words[at + 1];
};

/**
 * Answers a completion script. Takes `=` with the word at the cursor, then the words before it. Prints lines of value, tab
 * and description, then the kind. Hides errors, which would garble the line that a person is typing.
 */
export async function complete(
  [first = '=', ...before]: readonly string[],
  program: Command,
  parts: Pick<Parts, 'folder'>,
) {
  const words = [...before, first.slice(1)];
  try {
    const folder = await parts.folder(homeIn(before));
    const found = await candidatesFor(program, words, async (flag) => {
      return await namesOf(flag, ownersCall(folder)).catch(() => []);
    });
    const lines = found.words.map(({ value, about }) => `${value}\t${about.replaceAll(/\s+/g, ' ')}`);
    process.stdout.write(`${[...lines, `:${found.kind}`].join('\n')}\n`);
  } catch {
    process.stdout.write(':words\n');
  }
}
