import type { z } from 'zod';
import type { ErrorDetails, FieldFault } from './errors.ts';

type Issue = z.core.$ZodIssue;

const mostFields = 20;
const mostInMessage = 3;

const expectations: Readonly<Record<string, string>> = {
  string: 'must be text',
  int: 'must be a whole number',
  number: 'must be a number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be an object',
};

const units: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

/** Gives the second half of a sentence, for schemas without a message of their own. */
function predicate(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return expectations[issue.expected] ?? 'has the wrong type';
    case 'too_small':
      return `must be at least ${issue.minimum}${units[issue.origin] ?? ''}`;
    case 'too_big':
      return `must be at most ${issue.maximum}${units[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_format':
      return issue.format === 'url' ? 'must be an absolute http or https URL' : 'has the wrong form';
    default:
      return 'is not valid';
  }
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function fieldErrorOf(issue: Issue, input: unknown): FieldFault {
  const path = issue.path.join('.');
  const name = path === '' ? 'The input' : path;
  if (issue.code === 'unrecognized_keys') {
    return { path: issue.keys[0] ?? path, message: `There is no field ${issue.keys.join(', ')}.` };
  }
  if (at(input, issue.path) === undefined) return { path, message: `${name} is missing.` };
  // In a union of schemas, the last one has the content; the others are `''` or `null`.
  const meant = issue.code === 'invalid_union' ? issue.errors.at(-1)?.at(0) : undefined;
  return { path, message: issue.message || meant?.message || `${name} ${predicate(meant ?? issue)}.` };
}

/** Leaves messages to {@link inputErrors}, where a schema has none of its own. */
export const noDefaultMessages = { error: () => '' };

/** Gives a sentence and the errors by field, for an input parsed under {@link noDefaultMessages}. */
export function inputErrors(
  issues: readonly Issue[],
  input: unknown,
): { readonly message: string; readonly details: ErrorDetails } {
  const fields = issues.slice(0, mostFields).map((issue) => fieldErrorOf(issue, input));
  const shown = fields.slice(0, mostInMessage).map(({ message }) => message);
  const more = issues.length - shown.length;
  return { message: [...shown, ...(more > 0 ? [`(And ${more} more.)`] : [])].join(' '), details: { fields } };
}
