import type { Field } from './fields.ts';

/** The fields of a method that have a default: the application and key type that it requires, and then the user. */
export interface DefaultFields {
  readonly required: readonly ('application' | 'keyType')[];
  readonly user: boolean;
}

/**
 * The fields of a method that `keyfob use`, variables and the only application fill. Filters have no default, so that lists stay
 * complete. `named` fields have none either.
 */
export function defaultsOf(fields: readonly Field[], named: readonly string[] = []): DefaultFields {
  const isRequired = (name: string) => fields.some((field) => field.name === name && field.required);
  const required = (['application', 'keyType'] as const).filter((name) => isRequired(name) && !named.includes(name));
  return { required, user: required.length === 2 && fields.some(({ name }) => name === 'username') };
}

/** The fields as the flags in the help: without the note "required" where another way fills them. */
export function asFlags(
  fields: readonly Field[],
  named: readonly string[] | undefined,
  positional: Field | undefined,
): Field[] {
  const { required, user } = defaultsOf(fields, named);
  const filled: readonly string[] = [...required, ...(user ? ['username'] : [])];
  return fields.map((field) => {
    if (filled.includes(field.name)) return { ...field, required: false, fallback: 'see `keyfob use`' };
    return field === positional ? { ...field, required: false } : field;
  });
}
