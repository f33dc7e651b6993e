import type { z } from 'zod';
import type { ErrorDetails, FieldFault } from '../../preload/contract/errors.ts';

type Issue = z.core.$ZodIssue;

const mostFaults = 20;
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

/** What is wrong, for schemas that do not say it in words of their own. */
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

function faultOf(issue: Issue, input: unknown): FieldFault {
  const path = issue.path.join('.');
  const name = path === '' ? 'The input' : path;
  if (issue.code === 'unrecognized_keys') {
    return { path: issue.keys[0] ?? path, message: `There is no field ${issue.keys.join(', ')}.` };
  }
  if (at(input, issue.path) === undefined) return { path, message: `${name} is missing.` };
  // Of a choice between schemas, the last is the one with content; the others are `''` or `null`.
  const meant = issue.code === 'invalid_union' ? issue.errors.at(-1)?.at(0) : undefined;
  return { path, message: issue.message || meant?.message || `${name} ${predicate(meant ?? issue)}.` };
}

/** Leaves words to {@link inputFaults}, where a schema has none of its own. */
export const ownWordsOnly = { error: () => '' };

/** What a schema found wrong with an input parsed under {@link ownWordsOnly}: a sentence, and the faults by field. */
export function inputFaults(
  issues: readonly Issue[],
  input: unknown,
): { readonly message: string; readonly details: ErrorDetails } {
  const fields = issues.slice(0, mostFaults).map((issue) => faultOf(issue, input));
  const told = fields.slice(0, mostInMessage).map(({ message }) => message);
  const more = issues.length - told.length;
  return { message: [...told, ...(more > 0 ? [`(And ${more} more.)`] : [])].join(' '), details: { fields } };
}
