import { z } from 'zod';
import type { AnyMethod } from '../../../preload/contract/define.ts';
import { isVaultSecret } from '../secrets/secrets.ts';
import { kebab } from '../text/kebab.ts';

/** One input field of a method, as a flag. */
export interface Field {
  /** The contract's name. */
  readonly name: string;
  /** The flag without leading hyphens: `key-type`. */
  readonly flag: string;
  /** Other spellings that are accepted. */
  readonly aliases: readonly string[];
  /** Accepted, but not in the help. */
  readonly hidden: boolean;
  /** A secret, which may come from standard input. A terminal prompts twice for a new one. */
  readonly secret: 'new' | 'existing' | undefined;
  /** The path of a file. */
  readonly file: boolean;
  readonly kind: 'text' | 'number' | 'boolean' | 'duration';
  /** Repeatable: each use adds an entry. */
  readonly list: boolean;
  /** A list that may have no entries, and has no default. */
  readonly clearable: boolean;
  readonly nullable: boolean;
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly description: string;
  readonly fallback: unknown;
}

/** The part of JSON Schema that the contract's inputs use. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly description?: string;
  readonly default?: unknown;
  /** The contract's own `meta`. */
  readonly secret?: 'new' | 'existing';
  readonly hidden?: boolean;
  readonly file?: boolean;
}

/** Every method takes a user as `--user`, and a lifetime as `--lifetime`, whatever the contract calls the field. */
const flagNames: Readonly<Record<string, string>> = { username: 'user', validitySeconds: 'lifetime' };
const otherNames: Readonly<Record<string, readonly string[]>> = {
  user: ['username'],
  validitySeconds: ['validity-seconds'],
};

function flagNamesOf(name: string): Pick<Field, 'flag' | 'aliases'> {
  const flag = flagNames[name] ?? kebab(name);
  const aliases = [name, ...(otherNames[name] ?? [])].filter((other) => other !== flag);
  return { flag, aliases };
}

function kindOf(name: string, type: string | undefined): Field['kind'] {
  if (type === 'integer' || type === 'number') return /seconds$/i.test(name) ? 'duration' : 'number';
  return type === 'boolean' ? 'boolean' : 'text';
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
  const nullable = schema.anyOf?.some(({ type }) => type === 'null') ?? false;
  // People type the alternative that is neither `null` nor a constant.
  const typed = schema.anyOf?.find((one) => one.type !== 'null' && one.const === undefined) ?? schema;
  const item = typed.items ?? typed;
  return {
    name,
    ...flagNamesOf(name),
    hidden: schema.hidden ?? false,
    secret: schema.secret,
    file: schema.file ?? false,
    kind: kindOf(name, item.type),
    list: typed.type === 'array',
    clearable: typed.type === 'array' && typed.minItems === undefined && schema.default === undefined,
    nullable,
    required,
    choices: item.enum ?? [],
    description: schema.description ?? typed.description ?? item.description ?? '',
    fallback: schema.default,
  };
}

/** The fields of a method's input that are flags, in the contract's order. */
export function fieldsOf(method: AnyMethod): Field[] {
  const schema = z.toJSONSchema(method.input, { io: 'input' });
  const required = new Set(schema.required);
  return Object.entries(schema.properties ?? {})
    .filter(([name]) => !isVaultSecret(name))
    .map(([name, property]) => fieldOf(name, property as JsonSchema, required.has(name)));
}
