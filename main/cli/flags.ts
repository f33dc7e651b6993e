import { InvalidArgumentError, Option } from 'commander';
import type { Field } from './fields.ts';

/** What is typed for `null`. */
const none = 'none';
/** Stands for `null` while commander holds it: it takes a `null` for a flag without a value. */
const nothing = Symbol(none);

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
    field.required ? 'required' : '',
    field.nullable ? `or ${none}` : '',
    given === '' ? '' : `default: ${given}`,
  ].filter((text) => text !== '');
  return [field.description, notes.length > 0 ? `(${notes.join('; ')})` : ''].filter((text) => text !== '').join(' ');
}

/** The flags of a field: `--name <value>`, or `--name` and `--no-name` of a boolean. */
export function flagsOf(field: Field): Option[] {
  if (field.kind === 'boolean') {
    const off = new Option(`--no-${field.name}`, `without --${field.name}`);
    return [new Option(`--${field.name}`, describe(field)), off.hideHelp(field.fallback === false)];
  }
  const value = field.choices.length > 0 ? 'choice' : field.kind;
  const option = new Option(`--${field.name} <${value}${field.list ? '...' : ''}>`, describe(field));
  if (field.choices.length > 0) option.choices(field.choices);
  option.argParser((text: string, before: unknown) =>
    field.list ? parseEntry(field, text, before) : parseOne(field, text),
  );
  return [option.makeOptionMandatory(field.required)];
}

/** A flag that takes a port. */
export function portFlag(flag: string, description: string): Option {
  return new Option(`${flag} <number>`, description).argParser((text: string) => {
    if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) {
      throw new InvalidArgumentError('A port is a number from 0 (any free one) to 65535.');
    }
    return Number(text);
  });
}

/** The input of a call from the flags that were given; what was not given is left to the contract's defaults. */
export function inputFrom(fields: readonly Field[], given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const present = fields.map(({ name }) => [name, given[name]] as const).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present.map(([name, value]) => [name, value === nothing ? null : value]));
}
