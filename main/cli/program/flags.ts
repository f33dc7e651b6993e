import { Argument, CommanderError, InvalidArgumentError, Option } from 'commander';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Field } from './fields.ts';

/** The typed form of `null`. */
const none = 'none';
/** Replaces `null` inside commander, which would take `null` for a flag without a value. */
const nothing = Symbol(none);
/** Typed as the value of a secret that comes from standard input. */
export const fromStdin = '-';

const unitSeconds: Readonly<Record<string, number>> = { d: 86_400, h: 3600, min: 60, m: 60, s: 1 };

/** Seconds as a number, or as a duration such as `10m`, `1h30m` or `2 d`. `never` is -1, as everywhere. */
export function parseSeconds(text: string): number {
  const words = text.trim().toLowerCase();
  if (words === 'never') return -1;
  if (/^-?\d+(?:\.\d+)?$/.test(words)) return Number(words);
  const parts = [...words.matchAll(/(\d+)\s*(d|h|min|m|s)(?![a-z])\s*/gy)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== words) {
    throw new InvalidArgumentError('Use seconds, or a duration such as 10m, 1h30m or 2d.');
  }
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitSeconds[unit] ?? 0), 0);
}

/** Letters of the flags that people type most. */
export const shortFlags: Readonly<Record<string, string>> = {
  ...{ application: 'a', 'key-type': 'k', user: 'u', device: 'd', scope: 's' },
};

function parseOne(field: Field, text: string): unknown {
  if (field.nullable && (text === none || text === '')) return nothing;
  if (field.choices.length > 0) {
    const choice = field.choices.find((known) => known.toLowerCase() === text.toLowerCase());
    if (choice === undefined) throw new InvalidArgumentError(`Use one of ${field.choices.join(', ')}.`);
    return choice;
  }
  if (field.kind === 'duration') return parseSeconds(text);
  if (field.kind !== 'number') return text;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('Use a number.');
  return number;
}

/** Each use adds an entry. An empty text adds none, so `--roles ''` means no roles. */
function parseEntry(field: Field, text: string, before: unknown): unknown[] {
  const entries = Array.isArray(before) ? before : [];
  return text === '' ? entries : [...entries, parseOne(field, text)];
}

function describe(field: Field): string {
  const { fallback } = field;
  const byDefault = Array.isArray(fallback) ? fallback.join(' ') : String(fallback || '');
  const notes = [
    field.required && field.secret !== 'new' ? 'required' : '',
    field.required && field.secret === 'new' ? 'a terminal prompts for it' : '',
    field.secret === undefined ? '' : `${fromStdin} reads standard input`,
    field.nullable ? `or ${none}` : '',
    field.clearable ? "'' for none" : '',
    byDefault === '' ? '' : `default: ${byDefault}`,
  ].filter((text) => text !== '');
  return [field.description, notes.length > 0 ? `(${notes.join('; ')})` : ''].filter((text) => text !== '').join(' ');
}

function placeholderOf(field: Field): string {
  if (field.file) return 'path';
  if (field.choices.length > 0) return 'choice';
  return field.kind;
}

/** Parses one typed value of a field. */
const parserOf = (field: Field) => (text: string, before: unknown) =>
  field.list ? parseEntry(field, text, before) : parseOne(field, text);

function valueFlag(field: Field, flag: string): Option {
  const short = flag === field.flag ? shortFlags[flag] : undefined;
  const letter = short === undefined ? '' : `-${short}, `;
  const value = `<${placeholderOf(field)}${field.list ? '...' : ''}>`;
  const option = new Option(`${letter}--${flag} ${value}`, describe(field));
  if (field.choices.length > 0) option.choices(field.choices);
  return option.argParser(parserOf(field));
}

/** A field whose value needs no flag: `keyfob tokens revoke 12`. */
export function positionalOf(field: Field): Argument {
  const argument = new Argument(`[${field.flag}${field.list ? '...' : ''}]`, describe(field));
  if (field.choices.length > 0) argument.choices(field.choices);
  return argument.argParser(parserOf(field));
}

/** The typed flags, with the value that came without a flag. Throws a `CommanderError` if both name the same field. */
export function withPositional(
  field: Field | undefined,
  value: unknown,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (field === undefined || value === undefined) return given;
  if (givenFor(field, given) === undefined && !isFromStdin(field, given))
    return { ...given, [held(field.flag)]: value };
  throw new CommanderError(1, 'keyfob.typedTwice', `Use <${field.flag}> or --${field.flag}, not both.`);
}

function switchFlags(field: Field, flag: string): Option[] {
  const on = new Option(`--${flag}`, describe(field));
  const off = new Option(`--no-${flag}`, `turn off ${flag}`);
  return [on, off.hideHelp(field.fallback === false)];
}

/**
 * The flags of a field: `--key-type <value>`, `--name` and `--no-name` for a boolean, `--password-stdin` for a secret. Other
 * spellings are hidden from the help.
 */
export function flagsOf(field: Field): Option[] {
  const spelled = (flag: string) => (field.kind === 'boolean' ? switchFlags(field, flag) : [valueFlag(field, flag)]);
  const main = spelled(field.flag);
  if (field.hidden) for (const option of main) option.hideHelp();
  const others = field.aliases.flatMap(spelled).map((option) => option.hideHelp());
  const stdin = field.secret === undefined ? [] : [stdinFlag(field)];
  return [...main, ...stdin, ...others];
}

const stdinFlag = (field: Field): Option =>
  new Option(`--${field.flag}-stdin`, `read the ${field.flag} from standard input`).hideHelp(
    field.secret === 'existing',
  );

/** A flag with a port as its value. */
export function portFlag(flag: string, description: string): Option {
  return new Option(`${flag} <number>`, description).argParser((text: string) => {
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
      throw new InvalidArgumentError('Use a port from 1 to 65535, or 0 for any free port.');
    }
    return Number(text);
  });
}

/** The name of a flag's value in commander. */
const held = (flag: string): string => new Option(`--${flag}`).attributeName();

/** Whether a secret comes from standard input. */
export const isFromStdin = (field: Field, given: Readonly<Record<string, unknown>>): boolean =>
  field.secret !== undefined && (given[held(`${field.flag}-stdin`)] === true || givenFor(field, given) === fromStdin);

const givenFor = (field: Field, given: Readonly<Record<string, unknown>>): unknown =>
  [field.flag, ...field.aliases].map((flag) => given[held(flag)]).find((value) => value !== undefined);

/** Rewrites an input error: the typed flags replace the contract's names. Other errors are returned unchanged. */
export function inFlags(error: unknown, fields: readonly Field[]): unknown {
  if (!(error instanceof KeyfobError) || error.code !== 'bad_input') return error;
  const message = fields.reduce(
    (text, { name, flag }) =>
      text.replace(new RegExp(`(^|[.] )${name}(?:[.]\\d+)?(?= (?:must|has|is) )`, 'g'), `$1--${flag}`),
    error.message,
  );
  return new KeyfobError(error.code, message, error.details, { cause: error });
}

/** The input of a call, from the typed flags. The contract's defaults fill the rest. */
export function inputFrom(fields: readonly Field[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const present = fields
    .map((field) => [field.name, givenFor(field, given)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, value === nothing ? null : value]));
}
