import { useMemo, useState } from 'react';
import { type LoggedRequest, requests } from '../../../../preload/contract/requests.ts';
import { useKeyfobState } from '../../../store/context.ts';
import { useRoute } from '../../../store/hooks/window/window.ts';
import { outcomeOf } from '../requestWords.ts';

type FilterName = 'outcome' | 'application' | 'api';

/** The filters of the list. They are in the address; the search is not, as it may be a secret. */
export interface RequestFilter {
  readonly outcome: 'all' | 'ok' | 'refused' | 'failed';
  readonly application: string | undefined;
  readonly api: string | undefined;
  readonly search: string;
  /** Whether any filter narrows the list. */
  readonly narrows: boolean;
  /** The filters as in the address. */
  readonly query: Readonly<Record<string, string>>;
  /** Sets or removes one filter. */
  choose(name: FilterName, value: string | undefined): void;
  /** Shows requests whose text contains each of these words. */
  searchFor(text: string): void;
  /** Removes all filters. */
  clear(): void;
}

const none: RequestFilter['query'] = {};
const { outcome: outcomes } = requests.list.input.shape;

/** Gives the filters of the list, and how to change them. */
export function useRequestFilter(): RequestFilter {
  const route = useRoute();
  const replace = useKeyfobState((state) => state.route.replace);
  const query = (route.screen === 'requests' && route.part !== 'faults' && route.filter) || none;
  const [search, searchFor] = useState('');
  return useMemo(() => {
    const { application, api } = query;
    return {
      outcome: outcomes.safeParse(query.outcome).data ?? 'all',
      ...{ application, api, search, query, searchFor },
      narrows: Object.keys(query).length > 0 || search.trim() !== '',
      choose(name, value) {
        const others = Object.entries(query).filter(([other]) => other !== name);
        const entries = value === undefined ? others : [...others, [name, value] as const];
        replace({ screen: 'requests', ...(entries.length > 0 && { filter: Object.fromEntries(entries) }) });
      },
      clear() {
        searchFor('');
        replace({ screen: 'requests' });
      },
    };
  }, [query, search, replace]);
}

/** Searchable texts. A row never changes, and building 5,000 texts per typed letter would be slow. */
const texts = new WeakMap<LoggedRequest, string>();

function textOf(request: LoggedRequest): string {
  const known = texts.get(request);
  if (known !== undefined) return known;
  const { method, path, status, application, clientId, user, device, api, grantType, tokenId } = request;
  const { error, errorDescription, why, fault } = request;
  const text = [
    ...[method, path, status, application, clientId, user, device, api, grantType, tokenId],
    ...[error, errorDescription, why, fault],
  ]
    .join(' ')
    .toLowerCase();
  texts.set(request, text);
  return text;
}

/** Gives the requests that match the filters, in the same order. */
export function matching(
  rows: readonly LoggedRequest[],
  { outcome, application, api, search }: RequestFilter,
): readonly LoggedRequest[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    (row) =>
      (outcome === 'all' || outcomeOf(row) === outcome) &&
      (application === undefined || row.application === application) &&
      (api === undefined || row.api === api) &&
      (words.length === 0 || words.every((word) => textOf(row).includes(word))),
  );
}
