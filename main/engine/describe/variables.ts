/**
 * `${NAME}`, `${NAME:-default}`, `${NAME:?text}`, `${file:/a/path}`, and `$$` for a dollar sign. Other text with `$` stays
 * as it is.
 */
const reference = /\$\$|\$\{(?:(file:(?![-?])[^}]+)|([A-Za-z_][A-Za-z0-9_]*)(?::([-?])([^}]*))?)\}/g;

/** A name without a value, and what the file says about it. The name of a file is `file:` and its path. */
interface Missing {
  readonly name: string;
  readonly text: string;
}

/**
 * Replaces references in the scalars of a parsed document, so a value can never add structure. Gives the missing names,
 * each once. A name without a value never becomes an empty text.
 */
export const withVariables = (
  document: unknown,
  variables: Readonly<Record<string, string>>,
): { readonly value: unknown; readonly missing: readonly Missing[] } => {
  const missing = new Map<string, Missing>();
  const replace = (text: string): string =>
    text.replace(reference, (whole, file: string | undefined, named: string | undefined, mark?: string, rest = '') => {
      const name = file ?? named;
      if (name === undefined) return '$';
      const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
      // As in a shell, `:` makes an empty value count as missing.
      if (value !== undefined && (value !== '' || mark === undefined)) return value;
      if (mark === '-') return rest;
      missing.set(name, { name, text: rest });
      return whole;
    });
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return replace(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, visit(member)]));
  };
  return { value: visit(document), missing: [...missing.values()] };
};

/** A text that {@link withVariables} leaves as it is. */
export const escaped = (text: string): string => text.replaceAll('$', '$$$$');
