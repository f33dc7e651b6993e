import { CommanderError } from 'commander';
import type { Topic } from '../../../preload/contract/define.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import { kebab } from '../text/kebab.ts';

type Topics = Readonly<Record<string, Topic>>;

/** Topics that run a method by their name alone. */
const obvious: Readonly<Record<string, string>> = {
  about: 'read',
  audit: 'list',
  doctor: 'run',
  endpoint: 'status',
  settings: 'read',
  vault: 'status',
};

/** Where the command begins: flags that may stand before it are skipped. */
function commandAt(argv: readonly string[]): number {
  let at = 0;
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? '';
    if (word === '--home') at += 1;
    else if (word !== '--json' && !word.startsWith('--home=')) break;
  }
  return Math.min(at, argv.length);
}

/** The command and the method that a command line names, as far as they exist. */
export function commandPath(argv: readonly string[], topics: Topics): readonly string[] {
  const [topic = '', method = ''] = argv.slice(commandAt(argv));
  if (topic === '' || topic.startsWith('-')) return [];
  if (topics[topic] === undefined) return ['serve', 'window', 'completion'].includes(topic) ? [topic] : [];
  if (topic === 'endpoint' && method === 'trust') return [topic, method];
  const name = Object.keys(topics[topic]).find((known) => known === method || kebab(known) === method);
  return name === undefined ? [topic] : [topic, kebab(name)];
}

/** Whether it asks for the version, and nothing else. */
export const asksVersion = (argv: readonly string[]): boolean =>
  ['--version', '-v'].includes(argv[commandAt(argv)] ?? '');

/** Throws when `help` is asked for a command that does not exist. */
function demandKnown(words: readonly string[], topics: Topics): void {
  const [topic, method] = words;
  const commands = [...Object.keys(topics), 'serve', 'window', 'completion', 'version', 'help'];
  const methods = Object.keys(topics[topic ?? ''] ?? {}).map(kebab);
  if (topic === 'endpoint') methods.push('trust');
  for (const [word, known] of [
    [topic, commands],
    [method, methods],
  ] as const) {
    if (word === undefined || known.includes(kebab(word))) continue;
    throw new CommanderError(1, 'keyfob.unknownCommand', `Unknown command "${word}".${didYouMean(word, known)}`);
  }
}

/**
 * Completes a short command line: nothing or a topic alone shows help, `help tokens issue` is `tokens issue --help`, and
 * `about` is `about read`. Throws a `CommanderError` for help about an unknown command.
 */
export function expand(argv: readonly string[], topics: Topics): string[] {
  const at = commandAt(argv);
  const [before, [word, next, ...rest]] = [argv.slice(0, at), argv.slice(at)];
  if (word === undefined) return ['--help'];
  if (word === 'version' || word === '-V') return [...before, '--version', ...argv.slice(at + 1)];
  if (word === 'help') {
    const words = argv.slice(at + 1).filter((one) => !one.startsWith('-'));
    demandKnown(words, topics);
    return [...words, '--help'];
  }
  const bare = next === undefined || (next.startsWith('-') && next !== '--help' && next !== '-h');
  if (topics[word] === undefined || !bare) return [...argv];
  const method = obvious[word];
  const flags = next === undefined ? [] : [next, ...rest];
  if (method !== undefined) return [...before, word, method, ...flags];
  return flags.every((flag) => flag === '--json') ? [word, '--help'] : [...argv];
}
