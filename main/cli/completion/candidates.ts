import type { Argument, Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly about: string;
}

/** Words that fit at the cursor, or paths, which the shell completes itself. */
export interface Candidates {
  readonly kind: 'words' | 'files' | 'folders';
  readonly words: readonly Candidate[];
}

/** The flag whose value is completed, and the flags before it. */
export interface FlagAtCursor {
  readonly topic: string;
  /** Without leading hyphens. */
  readonly flag: string;
  readonly given: Readonly<Record<string, string>>;
}

/** A word as the shell would read it: completion scripts pass the typed quotes and backslashes too. */
function unquoted(word: string): string {
  const quote = /^["']/.exec(word)?.[0];
  if (quote === undefined) return word.replace(/\\([^\w])/g, '$1');
  return word.slice(1, word.length > 1 && word.endsWith(quote) ? -1 : undefined);
}

const none: Candidates = { kind: 'words', words: [] };
const takesValue = (option: Option): boolean => option.required || option.optional;

interface Place {
  readonly command: Command;
  /** The number of words that are neither flags, values of flags nor commands. */
  readonly positional: number;
  readonly given: Readonly<Record<string, string>>;
  /** The flag whose value comes next. */
  readonly pending: Option | undefined;
}

/** Finds the command and flags in the words before the cursor. */
function placeOf(program: Command, before: readonly string[]): Place {
  let command = program;
  let positional = 0;
  let pending: Option | undefined;
  const given: Record<string, string> = {};
  for (const word of before) {
    if (pending !== undefined) {
      given[pending.name()] = word;
      pending = undefined;
      continue;
    }
    if (word.startsWith('-')) {
      const [flag = '', ...value] = word.split('=');
      const option = command.options.find(({ long, short }) => flag === long || flag === short);
      if (option === undefined || !takesValue(option)) continue;
      if (value.length === 0) pending = option;
      else given[option.name()] = value.join('=');
      continue;
    }
    const next = command.commands.find((one) => one.name() === word || one.aliases().includes(word));
    if (next === undefined) positional += 1;
    else command = next;
  }
  return { command, positional, given, pending };
}

function commandsOf(command: Command): Candidate[] {
  const visible = command.createHelp().visibleCommands(command);
  return visible.map((one) => ({ value: one.name(), about: one.description() }));
}

function flagsOf(command: Command): Candidate[] {
  return command.options
    .filter(({ hidden }) => !hidden)
    .map(({ long, description }) => ({ value: long ?? '', about: description }));
}

async function valuesOf(
  option: Option,
  place: Place,
  namesFor: (flag: FlagAtCursor) => Promise<readonly Candidate[]>,
): Promise<Candidates> {
  if (option.argChoices !== undefined) {
    return { kind: 'words', words: option.argChoices.map((value) => ({ value, about: '' })) };
  }
  if (option.flags.includes('<path>')) return { kind: 'files', words: [] };
  if (option.flags.includes('<folder>')) return { kind: 'folders', words: [] };
  const topic = place.command.parent?.name() ?? '';
  return { kind: 'words', words: await namesFor({ topic, flag: option.name(), given: place.given }) };
}

async function valuesOfArgument(
  argument: Argument,
  { command, given }: Place,
  namesFor: (flag: FlagAtCursor) => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  if (argument.argChoices !== undefined) return argument.argChoices.map((value) => ({ value, about: '' }));
  return await namesFor({ topic: command.parent?.name() ?? '', flag: argument.name(), given });
}

/**
 * The candidates for the last of these words, which is at the cursor. `namesFor` gives the names of applications, users and
 * so on. bash passes an equals sign as a separate word.
 */
export async function candidatesFor(
  program: Command,
  words: readonly string[],
  namesFor: (flag: FlagAtCursor) => Promise<readonly Candidate[]>,
): Promise<Candidates> {
  const typed = words.map(unquoted);
  const isHelp = typed[0] === 'help';
  const before = typed.slice(isHelp ? 1 : 0, -1).filter((word) => word !== '=');
  const last = typed.at(-1) ?? '';
  const current = last === '=' ? '' : last;
  const place = placeOf(program, before);
  const { command, pending, positional } = place;
  const fitting = ({ kind, words: all }: Candidates, start: string, prefix = ''): Candidates => ({
    kind,
    words: all
      .filter(({ value }) => value.toLowerCase().startsWith(start.toLowerCase()))
      .map(({ value, about }) => ({ value: `${prefix}${value}`, about })),
  });
  if (pending !== undefined) return fitting(await valuesOf(pending, place, namesFor), current);
  const assigned = /^(--[\w-]+=)(.*)$/s.exec(current);
  if (assigned !== null) {
    const [, prefix = '', start = ''] = assigned;
    const option = command.options.find(({ long }) => `${long}=` === prefix);
    return option === undefined ? none : fitting(await valuesOf(option, place, namesFor), start, prefix);
  }
  if (command === program && positional > 0) return none;
  const argument =
    command.registeredArguments[positional] ?? command.registeredArguments.findLast((one) => one.variadic);
  const isPath = argument?.name() === 'file' || (argument?.name() === 'program' && before.includes('--'));
  if (isPath && !current.startsWith('-')) return { kind: 'files', words: [] };
  const all = [
    ...commandsOf(command),
    ...(argument === undefined ? [] : await valuesOfArgument(argument, place, namesFor)),
    ...(isHelp || (command.commands.length > 0 && command !== program) ? [] : flagsOf(command)),
  ];
  return fitting({ kind: 'words', words: all }, current);
}
