/** Whether a URI template matches a path, and a query if the template has one. Both are compared undecoded. */
export type UriTemplate = (path: string, query: string) => boolean;

interface Literal {
  readonly text: string;
  /** A trailing `*` matches the rest of the path. */
  readonly isTail: boolean;
}

interface Expression {
  /** `+`, `#`, `.` or `/`; empty for a simple expression. */
  readonly operator: string;
  readonly variables: readonly string[];
  /** An empty value is possible at the end of a query only. */
  readonly inQuery: boolean;
}

type Part = Literal | Expression;

/** A variable's value ends at each of these, unless its expression is `{+v}` or `{#v}`. */
const delimiters = ":/?#[]@!$&'()*+,;=";
const operators = '+#./';
/** Operators of RFC 6570 that API Manager does not know. */
const unknownOperators = ';?&';

/** One literal or expression. A brace in another place is an error. */
const part = /([^{}]+)|\{([^{}]+)\}/y;

const parseExpression = (text: string, inQuery: boolean): Expression | undefined => {
  const first = text.charAt(0);
  if (unknownOperators.includes(first)) return undefined;
  const operator = operators.includes(first) ? first : '';
  const variables = text.slice(operator.length).split(',');
  return variables.includes('') ? undefined : { operator, variables, inQuery };
};

const parse = (template: string): readonly Part[] | undefined => {
  const parts: Part[] = [];
  part.lastIndex = 0;
  let inQuery = false;
  while (part.lastIndex < template.length) {
    const found = part.exec(template);
    if (found === null) return undefined;
    const [, literal, expression = ''] = found;
    if (literal === undefined) {
      const parsed = parseExpression(expression, inQuery);
      if (parsed === undefined) return undefined;
      parts.push(parsed);
    } else {
      const isTail = literal.endsWith('*');
      parts.push({ text: isTail ? literal.slice(0, -1) : literal, isTail });
      inQuery ||= literal.includes('?');
    }
  }
  return parts;
};

const decode = (value: string): string => {
  if (!value.includes('%')) return value;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
};

/** The character that ends the value of the expression before this part. */
const firstCharacter = (next: Part | undefined): string | undefined => {
  if (next === undefined) return undefined;
  if ('text' in next) return next.isTail && next.text === '' ? '*' : next.text.charAt(0);
  return next.operator === '' || next.operator === '+' ? undefined : next.operator;
};

const noMatch = -1;

/** The values so far; undefined for a template that uses each name once. */
type Values = Map<string, string> | undefined;

const separatorOf = ({ operator }: Expression): string => (operator === '.' || operator === '/' ? operator : ',');

/** Keeps the values of an expression. False for too many values, or another value for the same name. */
const bind = (expression: Expression, text: string, values: Values): boolean => {
  const { variables } = expression;
  if (variables.length === 1 && values === undefined) return true;
  const all = variables.length === 1 ? [text] : text.split(separatorOf(expression));
  if (all.length > variables.length) return false;
  if (values === undefined) return true;
  return variables.every((name, at) => {
    const value = decode(all[at] ?? '');
    const known = values.get(name);
    if (known !== undefined) return known === value;
    values.set(name, value);
    return true;
  });
};

/** The end of the value that starts at `from`, or `noMatch`. */
const matchExpression = (
  expression: Expression,
  next: Part | undefined,
  text: string,
  from: number,
  values: Values,
): number => {
  const { operator, variables, inQuery } = expression;
  if (from >= text.length) return inQuery && bind(expression, '', values) ? from : noMatch;
  const prefixed = operator === '#' || operator === '.' || operator === '/';
  if (prefixed && text.charAt(from) !== operator) return noMatch;
  const start = prefixed ? from + 1 : from;
  const reserved = operator === '+' || operator === '#';
  const separator = separatorOf(expression);
  const stop = firstCharacter(next);
  let end = start;
  for (; end < text.length; end++) {
    const character = text.charAt(end);
    const ends =
      (!reserved && delimiters.includes(character)) || character === stop || (operator === '.' && character === '.');
    if (ends && !(character === separator && variables.length > 1)) break;
  }
  return bind(expression, text.slice(start, end), values) ? end : noMatch;
};

const matches = (parts: readonly Part[], text: string, values: Values): boolean => {
  let at = 0;
  for (let index = 0; index < parts.length; index++) {
    const one = parts[index];
    if (one === undefined) break;
    if ('text' in one) {
      // `/pets/{id}/*` matches `/pets/5` too.
      if (one.isTail && at === text.length && (one.text === '' || one.text === '/')) return true;
      if (!text.startsWith(one.text, at)) return false;
      if (one.isTail) return true;
      at += one.text.length;
    } else {
      at = matchExpression(one, parts[index + 1], text, at, values);
      if (at === noMatch) return false;
    }
  }
  return at === text.length || (at === text.length - 1 && text.endsWith('/'));
};

/**
 * Compiles a URI template by API Manager's rules (gateway reference 2.3): values end at delimiters, a trailing slash
 * and an unlisted query are tolerated. A malformed template matches nothing.
 */
export const compileUriTemplate = (template: string): UriTemplate => {
  const trimmed = template.length > 1 && template.endsWith('/') ? template.slice(0, -1) : template;
  const parts = parse(trimmed);
  if (parts === undefined) return () => false;
  const names = parts.flatMap((one) => ('text' in one ? [] : one.variables));
  const repeats = new Set(names).size < names.length;
  const hasQuery = parts.some((one) => 'text' in one && one.text.includes('?'));
  return (path, query) => {
    const text = hasQuery && query !== '' ? `${path}?${query}` : path;
    return matches(parts, text, repeats ? new Map() : undefined);
  };
};
