import { didYouMean } from '../../../preload/contract/similar.ts';
import { conflict, notFound } from '../errors.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApiRow } from '../ports/store/apis.ts';

/** `name/version`, as lists and references show an API. */
export const apiLabel = ({ name, version }: Pick<ApiRow, 'name' | 'version'>): string => `${name}/${version}`;

/** The versions of a name; if one of them is the default version, only that one. */
const versionsOf = (apis: readonly ApiRow[], name: string): readonly ApiRow[] => {
  const versions = apis.filter((row) => row.name === name);
  const preferred = versions.find(({ isDefaultVersion }) => isDefaultVersion);
  return preferred === undefined ? versions : [preferred];
};

/**
 * An API by `name/version`, name or id, in this order. A name alone means its only version or its default version.
 * `field` is the input field with the reference. Throws `not_found`, and `conflict` for a name with several versions.
 */
export const findApi = ({ store }: Ports, ref: string, field = 'api'): ApiRow => {
  const apis = store.apis.list();
  const exact = apis.find((row) => apiLabel(row) === ref);
  if (exact !== undefined) return exact;
  const [row, another] = versionsOf(apis, ref);
  if (row !== undefined && another === undefined) return row;
  if (row !== undefined) {
    const labels = apis.filter(({ name }) => name === ref).map((one) => `"${apiLabel(one)}"`);
    throw conflict(field, `"${ref}" has several versions. Name one of them: ${labels.join(', ')}.`);
  }
  const byId = apis.find(({ id }) => String(id) === ref);
  if (byId !== undefined) return byId;
  throw notFound(field, `No API named "${ref}".${didYouMean(ref, apis.map(apiLabel))}`);
};
