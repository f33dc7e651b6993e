import type { ApiRow } from '../ports/store/apis.ts';

const versionPlace = '{version}';

/**
 * The path that an API's requests start with (gateway reference 2.1): context and version, or the context with its
 * `{version}` replaced.
 */
export const basePathOf = ({ context, version }: Pick<ApiRow, 'context' | 'version'>): string =>
  context.includes(versionPlace) ? context.replaceAll(versionPlace, version) : `${context}/${version}`;

/**
 * The path of requests without a version, which lead to a default version (gateway reference 2.2). Undefined if nothing
 * is left of the context.
 */
export const defaultPathOf = ({ context }: Pick<ApiRow, 'context'>): string | undefined => {
  const path = context
    .split('/')
    .filter((segment) => segment !== versionPlace)
    .join('/');
  return path === '' ? undefined : path;
};

/** All paths that lead to an API. */
export const pathsOf = (api: Pick<ApiRow, 'context' | 'version' | 'isDefaultVersion'>): readonly string[] => {
  const withoutVersion = api.isDefaultVersion ? defaultPathOf(api) : undefined;
  return [basePathOf(api), ...(withoutVersion === undefined ? [] : [withoutVersion])];
};
