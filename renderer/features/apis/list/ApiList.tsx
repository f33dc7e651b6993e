import { Plus, Waypoints } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { useEditAction, useFilterFocus } from '../../../store/hooks/window/useCommands.ts';
import { useTableSetup } from '../../../store/hooks/window/useTableSetup.ts';
import { useGo } from '../../../store/hooks/window/window.ts';
import type { ApiDialog } from '../../../store/window/askedDialog.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { SearchedTable } from '../../../ui/tables/SearchedTable.tsx';
import { DeleteApi } from '../DeleteApi.tsx';
import { nameOf, stateLooks } from '../words.ts';
import styles from './ApiList.module.css';
import { AskApiDialog, apiColumns } from './apiColumns.tsx';

const keyOf = ({ id }: Api) => id;
const labelOf = (api: Api) => `API ${nameOf(api)}`;

const matches = (api: Api, words: readonly string[]): boolean => {
  const { description, url, state, productionBackend, sandboxBackend } = api;
  const texts = [nameOf(api), description, url, stateLooks[state].label, productionBackend, sandboxBackend];
  const text = texts.join(' ').toLowerCase();
  return words.every((word) => text.includes(word));
};

interface ApiListProps {
  readonly apis: readonly Api[];
  readonly onCreate: () => void;
}

/** All APIs, with a search. */
export const ApiList = ({ apis, onCreate }: ApiListProps) => {
  const go = useGo();
  const { sort, onSort } = useTableSetup('apis');
  const [search, setSearch] = useState('');
  const [deleting, setDeleting] = useState<Api>();
  const [active, setActive] = useState<Api>();
  const input = useRef<HTMLInputElement>(null);
  const show = useCallback(({ id }: Api) => go({ screen: 'apis', api: String(id) }), [go]);
  const askToDelete = useCallback((_: ApiDialog, api: Api) => setDeleting(api), []);
  useFilterFocus('Find an API', apis.length === 0 ? undefined : () => input.current?.select());

  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = apis.filter((api) => matches(api, words));
  const atKeys = found.find(({ id }) => id === active?.id);
  useEditAction(`Edit ${atKeys && nameOf(atKeys)}`, atKeys && (() => show(atKeys)));
  return (
    <AskApiDialog value={askToDelete}>
      <div className={styles.list}>
        {apis.length === 0 ? (
          <EmptyState
            icon={Waypoints}
            title="No API yet"
            action={
              <Button look="primary" icon={Plus} onClick={onCreate}>
                New API
              </Button>
            }
          >
            An API takes requests at the endpoint's port, checks their tokens as WSO2's gateway does, and calls your
            backend.
          </EmptyState>
        ) : (
          <SearchedTable
            label="APIs"
            columns={apiColumns}
            sort={sort}
            onSort={onSort}
            rows={found}
            rowKey={keyOf}
            rowLabel={labelOf}
            rowHeight={56}
            minHeight={92}
            onOpen={show}
            onActive={setActive}
            search={search}
            onSearch={setSearch}
            searchRef={input}
            searchLabel="Find an API"
            placeholder="Find by name, URL, state or backend"
            showAll="Show all"
          />
        )}
      </div>
      {deleting !== undefined && <DeleteApi api={deleting} onClose={() => setDeleting(undefined)} />}
    </AskApiDialog>
  );
};
