import { CommanderError } from 'commander';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { kebab } from '../text/kebab.ts';
import { ownCommands, ownMethods } from './ownCommands.ts';
import type { Methods } from './program.ts';

/** Short commands for methods that people run often. */
const shortcuts: Readonly<Record<string, readonly string[]>> = {
  apply: ['describe', 'apply'],
  export: ['describe', 'export'],
  import: ['imports', 'application'],
};

/** The contract's name of a topic: `signing-keys` is `signingKeys`. */
const topicNamed = (word: string | undefined, { topics }: Pick<Methods, 'topics'>): string | undefined =>
  Object.keys(topics).find((known) => word === known || word === kebab(known));

/** Replaces a short command, and `-f` behind it, by the words of its method. */
function withoutShortcut(argv: readonly string[]): readonly string[] {
  const at = argv[0] === 'help' ? 1 : commandAt(argv);
  const method = Object.hasOwn(shortcuts, argv[at] ?? '') ? shortcuts[argv[at] ?? ''] : undefined;
  if (method === undefined) return argv;
  const rest = argv.slice(at + 1).map((word) => (word === '-f' ? '--file' : word));
  return [...argv.slice(0, at), ...method, ...rest];
}

/** The index of the command. The flags of every command may come before it. */
function commandAt(argv: readonly string[]): number {
  let at = 0;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--home') at += 1;
    else if (word !== '--json' && !word.startsWith('--home=')) break;
  }
  return Math.min(at, argv.length);
}

/** The words that a person completes: the one at the cursor, then those before it, with the short command replaced. */
export const completedWords = ([current = '=', ...before]: readonly string[]): readonly string[] => [
  current,
  ...withoutShortcut(before),
];

/** The topics that these words name. */
export const topicsIn = (words: readonly string[], { topics }: Pick<Methods, 'topics'>): ReadonlySet<string> =>
  new Set(words.flatMap((word) => topicNamed(word, { topics }) ?? []));

/** The words of a command line that are ours: `keyfob run` passes those after `--` to its program. */
export function ownWords(argv: readonly string[]): readonly string[] {
  const end = argv[commandAt(argv)] === 'run' ? argv.indexOf('--') : -1;
  return end < 0 ? argv : argv.slice(0, end);
}

/** The existing command and method of a command line, for a hint at their help. */
export function commandPath(typed: readonly string[], { topics }: Pick<Methods, 'topics'>): readonly string[] {
  const argv = withoutShortcut(typed);
  const [topic = '', method = ''] = argv.slice(commandAt(argv));
  if (topic === '' || topic.startsWith('-')) return [];
  const named = topicNamed(topic, { topics });
  if (named === undefined) return ownCommands.includes(topic) ? [topic] : [];
  if (ownMethods[named]?.includes(method)) return [topic, method];
  const name = Object.keys(topics[named] ?? {}).find((known) => known === method || kebab(known) === method);
  return name === undefined ? [kebab(named)] : [kebab(named), kebab(name)];
}

/** Whether a command line requests the version. */
export const asksVersion = (argv: readonly string[]): boolean =>
  ['--version', '-v'].includes(argv[commandAt(argv)] ?? '');

/** Throws a `CommanderError` for help about an unknown command. */
function demandKnown(words: readonly string[], { topics }: Pick<Methods, 'topics'>): void {
  const [topic, method] = words;
  const named = topicNamed(topic, { topics }) ?? '';
  const commands = [...Object.keys(topics).map(kebab), ...ownCommands, 'version', 'help'];
  const methods = [...Object.keys(topics[named] ?? {}).map(kebab), 'show', ...(ownMethods[named] ?? [])];
  for (const [word, known] of [
    [topic, commands],
    [method, methods],
  ] as const) {
    if (word === undefined || known.includes(kebab(word))) continue;
    throw new CommanderError(1, 'keyfob.unknownCommand', `Unknown command "${word}".${didYouMean(word, known)}`);
  }
}

/**
 * Completes a short command line. No command, or a topic alone, shows help. `help tokens issue` becomes `tokens issue --help`,
 * `about` becomes `about read`, and `apply` becomes `describe apply`. Throws a `CommanderError` for help about an unknown command.
 */
export function expand(typed: readonly string[], { topics, traits }: Pick<Methods, 'topics' | 'traits'>): string[] {
  const argv = withoutShortcut(typed);
  const at = commandAt(argv);
  const [before, [word, next, ...rest]] = [argv.slice(0, at), argv.slice(at)];
  if (word === undefined) return ['--help'];
  if (word === 'version' || word === '-V') return [...before, '--version', ...argv.slice(at + 1)];
  if (word === 'help') {
    const words = argv.slice(at + 1).filter((one) => !one.startsWith('-'));
    demandKnown(words, { topics });
    return [...words, '--help'];
  }
  const bare = next === undefined || (next.startsWith('-') && next !== '--help' && next !== '-h');
  const topic = topicNamed(word, { topics });
  if (topic === undefined || !bare) return [...argv];
  const method = traits[topic]?.bare;
  const flags = next === undefined ? [] : [next, ...rest];
  if (method !== undefined) return [...before, word, method, ...flags];
  return flags.every((flag) => flag === '--json') ? [word, '--help'] : [...argv];
}
