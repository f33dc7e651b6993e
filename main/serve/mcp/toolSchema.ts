import type { JSONObject } from '@modelcontextprotocol/server';
import { z } from 'zod';
import type { AnyMethod, Topic } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { contract, type MethodName } from '../../../preload/contract/index.ts';
import { didYouMean } from '../../../preload/contract/similar.ts';
import type { Arguments, Tool } from './tools.ts';

/** The JSON Schema of a tool's arguments. https://json-schema.org/draft/2020-12 */
interface ObjectSchema {
  readonly [key: string]: unknown;
  readonly type: 'object';
  readonly properties: JSONObject;
  readonly required: string[];
  readonly additionalProperties: false;
}

const topics: Readonly<Record<string, Topic>> = contract;

function methodOf(name: MethodName): AnyMethod {
  const [topic = '', method = ''] = name.split('.');
  const found = topics[topic]?.[method];
  if (found === undefined) throw new Error(`The contract has no ${name}.`);
  return found;
}

/** A field without the contract's own notes, which no model understands. A list has the description of its items. */
const plain = ({ secret: _, hidden: __, file: ___, ...rest }: JSONObject): JSONObject => {
  const { items } = rest;
  const inner = typeof items === 'object' && items !== null && 'description' in items ? items.description : undefined;
  return { ...(inner !== undefined && { description: inner }), ...rest };
};

const fieldsOf = (schema: z.ZodObject) => z.toJSONSchema(schema, { io: 'input' });

const isText = (schema: unknown): boolean =>
  typeof schema === 'object' && schema !== null && 'type' in schema && schema.type === 'string';

/** The names of the fields that hold a secret or refer to one: a token is named by its id or its value. */
export const secretFields = ({ method }: Tool): readonly string[] =>
  Object.entries(fieldsOf(methodOf(method).input).properties ?? {})
    .filter(([, schema]) => typeof schema === 'object' && 'secret' in schema)
    .map(([name]) => name);

/** The arguments of a tool, as its method describes them. */
export function schemaOf({ method, fields, own }: Tool): ObjectSchema {
  const all = fieldsOf(methodOf(method).input);
  const added = fieldsOf(own ?? z.strictObject({}));
  const wanted = Object.entries(all.properties ?? {}).filter(([name]) => fields.includes(name));
  const properties = [...wanted, ...Object.entries(added.properties ?? {})];
  const required = [...(all.required ?? []).filter((name) => fields.includes(name)), ...(added.required ?? [])];
  return {
    type: 'object',
    properties: Object.fromEntries(properties.map(([name, schema]) => [name, plain(schema as JSONObject)])),
    required,
    additionalProperties: false,
  };
}

/**
 * The arguments of a call. Models write ids as numbers where the contract wants text. Throws `bad_input` for a field that
 * the tool does not offer, although its method may have it.
 */
export function argumentsOf(tool: Tool, given: Arguments): Arguments {
  const { properties } = schemaOf(tool);
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(properties, name));
  if (unknown !== undefined) {
    const near = didYouMean(unknown, Object.keys(properties));
    throw new KeyfobError(
      'bad_input',
      `The tool ${tool.name} has no field ${JSON.stringify(unknown.slice(0, 60))}.${near}`,
    );
  }
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [
      name,
      typeof value === 'number' && isText(properties[name]) ? String(value) : value,
    ]),
  );
}
