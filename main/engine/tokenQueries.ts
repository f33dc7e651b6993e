import type { KeyType } from '../../preload/contract/values.ts';
import type { Ports } from './ports.ts';
import { findApplication, livingApplications } from './references.ts';
import type { TokenFilter, TokenRow } from './storePort.ts';

/** The key sets a filter means; undefined: all there are. Those of deleted applications are never meant. */
export const keySetIdsOf = (
  ports: Ports,
  application: string | undefined,
  keyType: KeyType | undefined,
): readonly number[] | undefined => {
  const living = livingApplications(ports);
  const all = living.length === ports.store.applications.list().length;
  if (application === undefined && keyType === undefined && all) return undefined;
  const applications = application === undefined ? living : [findApplication(ports, application)];
  return applications
    .flatMap(({ id }) => ports.store.keySets.ofApplication(id))
    .filter((keySet) => keyType === undefined || keySet.keyType === keyType)
    .map(({ id }) => id);
};

const pageLimit = 1000;

/** All tokens of a filter, page by page, newest first. */
export function* pages(
  { store }: Ports,
  filter: Omit<TokenFilter, 'beforeId' | 'limit'>,
): Generator<readonly TokenRow[], void, void> {
  let beforeId: number | undefined;
  do {
    const rows = store.tokens.list({ ...filter, beforeId, limit: pageLimit });
    yield rows;
    beforeId = rows.length < pageLimit ? undefined : rows.at(-1)?.id;
  } while (beforeId !== undefined);
}
