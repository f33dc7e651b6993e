import { z } from 'zod';
import type { AnyMethod } from '../../../preload/contract/define.ts';
import { isVaultSecret } from '../secrets/secrets.ts';
import { kebab } from '../text/kebab.ts';

/** One input field of a method, as a flag can carry it. */
export interface Field {
  /** As the contract names it. */
  readonly name: string;
  /** As people type it, without hyphens in front: `key-type`. */
  readonly flag: string;
  /** Other spellings that are accepted. */
  readonly aliases: readonly string[];
  /** Accepted, but left out of help. */
  readonly hidden: boolean;
  /** A secret, which may come from standard input; a new one is asked for twice. */
  readonly secret: 'new' | 'existing' | undefined;
  /** The path of a file. */
  readonly file: boolean;
  readonly kind: 'text' | 'number' | 'boolean';
  /** Repeatable: each use adds an entry. */
  readonly list: boolean;
  readonly nullable: boolean;
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly description: string;
  readonly fallback: unknown;
}

/** What of JSON Schema the contract's inputs come to. */
interface JsonSchema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly description?: string;
  readonly default?: unknown;
  /** What the contract's `meta` says beside JSON Schema. */
  readonly secret?: 'new' | 'existing';
  readonly hidden?: boolean;
  readonly file?: boolean;
}

/** A user is `--user` wherever a call names one, whatever the contract calls the field. */
const flagNames: Readonly<Record<string, string>> = { username: 'user' };
const otherNames: Readonly<Record<string, readonly string[]>> = { user: ['username'] };

function flagNamesOf(name: string): Pick<Field, 'flag' | 'aliases'> {
  const flag = flagNames[name] ?? kebab(name);
  const aliases = [name, ...(otherNames[name] ?? [])].filter((other) => other !== flag);
  return { flag, aliases };
}

function kindOf(type: string | undefined): Field['kind'] {
  if (type === 'integer' || type === 'number') return 'number';
  return type === 'boolean' ? 'boolean' : 'text';
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
  const nullable = schema.anyOf?.some(({ type }) => type === 'null') ?? false;
  // Of several schemas for one field, the one that is neither `null` nor a constant says what to type.
  const meant = schema.anyOf?.find((one) => one.type !== 'null' && one.const === undefined) ?? schema;
  const item = meant.items ?? meant;
  return {
    name,
    ...flagNamesOf(name),
    hidden: schema.hidden ?? false,
    secret: schema.secret,
    file: schema.file ?? false,
    kind: kindOf(item.type),
    list: meant.type === 'array',
    nullable,
    required,
    choices: item.enum ?? [],
    description: schema.description ?? meant.description ?? item.description ?? '',
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
