/** The part of JSON Schema that a keyfob.yaml uses. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The value of a text where the schema wants another type; undefined where it does not fit. */
const typedText = ({ type, const: constant }: JsonSchema, text: string): unknown => {
  if (type === 'null') return text === 'null' || text === '~' ? null : undefined;
  if (type === 'boolean') return text === 'true' || text === 'false' ? text === 'true' : undefined;
  const isNumber = type === 'integer' || type === 'number' || typeof constant === 'number';
  return isNumber && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
};

/** Whether a schema describes values of this form: an object, a list or a scalar. */
const fits = ({ type }: JsonSchema, value: unknown): boolean =>
  isObject(value) ? type === 'object' : Array.isArray(value) === (type === 'array');

/** The alternative of a schema for a value. */
const branchOf = (schema: JsonSchema, value: unknown): JsonSchema =>
  schema.anyOf?.find((one) => fits(one, value)) ?? schema;

/** Parsed YAML has only text as scalars. Gives each text the type that the schema wants, where that is possible. */
export const typed = (schema: JsonSchema, value: unknown): unknown => {
  if (typeof value === 'string') {
    const found = (schema.anyOf ?? [schema]).map((one) => typedText(one, value)).find((one) => one !== undefined);
    return found === undefined ? value : found;
  }
  const { items, properties } = branchOf(schema, value);
  if (Array.isArray(value)) return value.map((item) => typed(items ?? {}, item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, typed(properties?.[name] ?? {}, member)]),
  );
};

/** The names that the object at this path may have. */
export const knownNames = (schema: JsonSchema, path: readonly PropertyKey[]): readonly string[] => {
  let at: JsonSchema | undefined = schema;
  for (const step of path) {
    const branch: JsonSchema | undefined =
      at?.anyOf?.find(({ type }) => type === (typeof step === 'number' ? 'array' : 'object')) ?? at;
    at = typeof step === 'number' ? branch?.items : branch?.properties?.[String(step)];
  }
  return Object.keys(at?.properties ?? at?.anyOf?.find(({ type }) => type === 'object')?.properties ?? {});
};
