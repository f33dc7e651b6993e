import { Plus, Waypoints } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Api } from '../../../../preload/contract/apis.ts';
import { useEditAction, useFilterFocus } from '../../../store/hooks/window/useCommands.ts';
import { useSearchedTable } from '../../../store/hooks/window/useSearchedTable.ts';
import { useGo } from '../../../store/hooks/window/window.ts';
import type { ApiDialog } from '../../../store/window/askedDialog.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { EmptyState } from '../../../ui/feedback/EmptyState.tsx';
import { SearchedTable } from '../../../ui/tables/SearchedTable.tsx';
import { DeleteApi } from '../DeleteApi.tsx';
import { nameOf, stateLooks } from '../words.ts';
import styles from './ApiList.module.css';
import { AskApiDialog, apiColumns } from './apiColumns.tsx';

const labelOf = (api: Api) => `API ${nameOf(api)}`;

const matching = (search: string) => {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return (api: Api): boolean => {
    const { description, url, state, productionBackend, sandboxBackend } = api;
    const texts = [nameOf(api), description, url, stateLooks[state].label, productionBackend, sandboxBackend];
    const text = texts.join(' ').toLowerCase();
    return words.every((word) => text.includes(word));
  };
};

interface ApiListProps {
  readonly apis: readonly Api[];
  readonly onCreate: () => void;
}

/** All APIs, with a search. */
export const ApiList = ({ apis, onCreate }: ApiListProps) => {
  const go = useGo();
  const { table, active } = useSearchedTable('apis', apis, matching);
  const [deleting, setDeleting] = useState<Api>();
  const show = useCallback(({ id }: Api) => go({ screen: 'apis', api: String(id) }), [go]);
  const askToDelete = useCallback((_: ApiDialog, api: Api) => setDeleting(api), []);
  useFilterFocus('Find an API', apis.length === 0 ? undefined : () => table.searchRef.current?.select());

  useEditAction(`Edit ${active && nameOf(active)}`, active && (() => show(active)));
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
            {...table}
            label="APIs"
            columns={apiColumns}
            rowLabel={labelOf}
            rowHeight={56}
            minHeight={92}
            onOpen={show}
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
