export type Yaml = string | number | boolean | readonly Yaml[] | { readonly [key: string]: Yaml };

const escaped = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** JSON texts are YAML too (https://yaml.org/spec/1.2.2/#13-terminology), except for characters that YAML calls unprintable. */
const scalar = (value: string | number | boolean): string =>
  JSON.stringify(value).replace(/[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g, escaped);

const isScalar = (value: Yaml): value is string | number | boolean => typeof value !== 'object';

/** Writes `key: value` lines. Texts are always quoted, so none is read as another type. */
const lines = (value: Yaml, indent: string): readonly string[] => {
  if (isScalar(value)) return [`${indent}${scalar(value)}`];
  const entries: readonly (readonly [string, Yaml])[] = Array.isArray(value)
    ? value.map((item: Yaml) => ['-', item] as const)
    : Object.entries(value).map(([key, item]) => [`${/^[a-z]\w*$/i.test(key) ? key : scalar(key)}:`, item] as const);
  if (entries.length === 0) return [`${indent}${Array.isArray(value) ? '[]' : '{}'}`];
  return entries.flatMap(([label, item]) => {
    const inner = lines(item, `${indent}  `);
    const [first = '', ...rest] = inner;
    // A list item starts on the line of its hyphen; a map or list under a key starts on the next line.
    const isInline = isScalar(item) || label === '-' || /^[[{]/.test(first.trim());
    return isInline ? [`${indent}${label} ${first.trim()}`, ...rest] : [`${indent}${label}`, ...inner];
  });
};

/** Writes a value as YAML in block style. */
export const yamlText = (value: Yaml): string => `${lines(value, '').join('\n')}\n`;
