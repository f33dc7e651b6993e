import { z } from 'zod';
import type { AnyMethod } from '../../preload/contract/define.ts';
import { isVaultSecret } from './secrets.ts';

/** One input field of a method, as a flag can carry it. */
export interface Field {
  readonly name: string;
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
