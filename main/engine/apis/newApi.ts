import type { ApiResource } from '../../../preload/contract/apis.ts';
import { badInput } from '../errors.ts';

/** An API without given resources takes every verb but OPTIONS, which CORS answers. */
export const everything: readonly ApiResource[] = (['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD'] as const).map(
  (verb) => ({ verb, template: '/*', authType: 'Any', scopes: [], tier: 'Unlimited' }),
);

/** The context of a name: `Pizza Shack` becomes `/pizza-shack`. Throws `bad_input` if no letter remains. */
export const contextOf = (name: string): string => {
  const slug = name
    .toLowerCase()
    .replace(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
  if (slug === '') throw badInput('context', 'No context can be formed from this name. Add one, like /orders.');
  return `/${slug}`;
};

/** An API may have at most so many resources. */
export const mostResources = 500;
