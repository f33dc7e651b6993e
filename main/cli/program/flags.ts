import { InvalidArgumentError, Option } from 'commander';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Field } from './fields.ts';

/** What is typed for `null`. */
const none = 'none';
/** Stands for `null` while commander holds it: it takes a `null` for a flag without a value. */
const nothing = Symbol(none);
/** What is typed for a secret that comes from standard input. */
export const fromStdin = '-';

function parseOne(field: Field, text: string): unknown {
  if (field.nullable && (text === none || text === '')) return nothing;
  if (field.choices.length > 0) {
    const choice = field.choices.find((known) => known.toLowerCase() === text.toLowerCase());
    if (choice === undefined) throw new InvalidArgumentError(`It is one of ${field.choices.join(', ')}.`);
    return choice;
  }
  if (field.kind !== 'number') return text;
  const number = text.trim() === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It is a number.');
  return number;
}

/** Each use adds an entry; an empty one adds none, so that `--roles ''` alone says "no roles". */
function parseEntry(field: Field, text: string, before: unknown): unknown[] {
  const entries = Array.isArray(before) ? before : [];
  return text === '' ? entries : [...entries, parseOne(field, text)];
}

function describe(field: Field): string {
  const { fallback } = field;
  const given = Array.isArray(fallback) ? fallback.join(' ') : String(fallback || '');
  const notes = [
    field.required && field.secret !== 'new' ? 'required' : '',
    field.required && field.secret === 'new' ? 'asked for on a terminal when left out' : '',
    field.secret === undefined ? '' : `${fromStdin} reads standard input`,
    field.nullable ? `or ${none}` : '',
    given === '' ? '' : `default: ${given}`,
  ].filter((text) => text !== '');
  return [field.description, notes.length > 0 ? `(${notes.join('; ')})` : ''].filter((text) => text !== '').join(' ');
}

function placeholderOf(field: Field): string {
  if (field.file) return 'path';
  if (field.choices.length > 0) return 'choice';
  return field.kind;
}

function valueFlag(field: Field, flag: string): Option {
  const option = new Option(`--${flag} <${placeholderOf(field)}${field.list ? '...' : ''}>`, describe(field));
  if (field.choices.length > 0) option.choices(field.choices);
  return option.argParser((text: string, before: unknown) =>
    field.list ? parseEntry(field, text, before) : parseOne(field, text),
  );
}

function switchFlags(field: Field, flag: string): Option[] {
  const on = new Option(`--${flag}`, describe(field));
  const off = new Option(`--no-${flag}`, `turn off ${flag}`);
  return [on, off.hideHelp(field.fallback === false)];
}

/**
 * The flags of a field: `--key-type <value>`, or `--name` and `--no-name` of a boolean, and `--password-stdin` of a secret.
 * Other spellings follow, left out of help.
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

/** A flag that takes a port. */
export function portFlag(flag: string, description: string): Option {
  return new Option(`${flag} <number>`, description).argParser((text: string) => {
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
      throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
    }
    return Number(text);
  });
}

/** The name under which commander holds a flag's value. */
const held = (flag: string): string => new Option(`--${flag}`).attributeName();

/** Whether a secret is to be read from standard input. */
export const isFromStdin = (field: Field, given: Readonly<Record<string, unknown>>): boolean =>
  field.secret !== undefined && (given[held(`${field.flag}-stdin`)] === true || givenFor(field, given) === fromStdin);

const givenFor = (field: Field, given: Readonly<Record<string, unknown>>): unknown =>
  [field.flag, ...field.aliases].map((flag) => given[held(flag)]).find((value) => value !== undefined);

/** A fault of the input, told by the flags that people typed instead of the contract's names. */
export function inFlags(error: unknown, fields: readonly Field[]): unknown {
  if (!(error instanceof KeyfobError) || error.code !== 'bad_input') return error;
  const message = fields.reduce(
    (text, { name, flag }) =>
      text.replace(new RegExp(`(^|[.] )${name}(?:[.]\\d+)?(?= (?:must|has|is) )`, 'g'), `$1--${flag}`),
    error.message,
  );
  return new KeyfobError(error.code, message, error.details, { cause: error });
}

/** The input of a call from the flags that were given; what was not given is left to the contract's defaults. */
export function inputFrom(fields: readonly Field[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const present = fields
    .map((field) => [field.name, givenFor(field, given)] as const)
    .filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, value === nothing ? null : value]));
}
