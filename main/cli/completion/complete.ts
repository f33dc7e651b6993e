import type { Command } from 'commander';
import { connectControl } from '../../transport/client.ts';
import type { Caller } from '../../transport/reply.ts';
import type { Parts } from '../session/parts.ts';
import { candidatesFor } from './candidates.ts';
import { namesOf } from './names.ts';

/** A person waits for this with a finger on the key. */
const patienceMs = 1000;

/** Calls the process that serves a data folder, and nothing else: completing opens no vault and asks nobody. */
function ownersCall(folder: string): Caller | undefined {
  const client = connectControl(folder);
  if (client === undefined) return undefined;
  const signal = AbortSignal.timeout(patienceMs);
  return (name, input) => client.call(name, input, { signal });
}

/** What was typed for `--home`, which names the folder to ask. */
const homeIn = (words: readonly string[]): string | undefined => {
  const at = words.indexOf('--home');
  return at < 0 || at >= words.length - 1 ? undefined : words[at + 1];
};

/**
 * Answers a shell: `=` and the word at the cursor, then the words before it. Prints lines of value, tab and description, and
 * the kind last. Silent about faults, as it would disturb the line being typed.
 */
export async function complete(
  [first = '=', ...before]: readonly string[],
  program: Command,
  parts: Pick<Parts, 'folder'>,
) {
  const words = [...before, first.slice(1)];
  try {
    const folder = await parts.folder(homeIn(before));
    const found = await candidatesFor(program, words, async (asked) => {
      return await namesOf(asked, ownersCall(folder)).catch(() => []);
    });
    const lines = found.words.map(({ value, about }) => `${value}\t${about.replaceAll(/\s+/g, ' ')}`);
    process.stdout.write(`${[...lines, `:${found.kind}`].join('\n')}\n`);
  } catch {
    process.stdout.write(':words\n');
  }
}
