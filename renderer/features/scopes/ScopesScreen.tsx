import { Plus, ShieldCheck } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { Scope } from '../../../preload/contract/scopes.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useEditAction, useFilterFocus, useNewAction } from '../../store/hooks/window/useCommands.ts';
import { useTableSetup } from '../../store/hooks/window/useTableSetup.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { SearchedTable } from '../../ui/tables/SearchedTable.tsx';
import { BuiltInScopes } from './BuiltInScopes.tsx';
import { DeleteScopeDialog } from './DeleteScopeDialog.tsx';
import { ScopeDialog } from './ScopeDialog.tsx';
import { type ScopeAction, ScopeActions, scopeColumns } from './scopeColumns.tsx';
import styles from './scopes.module.css';

const rowHeight = 52;
const keyOf = ({ id }: Scope) => id;
const labelOf = ({ name }: Scope) => `scope ${name}`;

type Asked = { readonly action: ScopeAction; readonly scope: Scope } | { readonly action: 'create' };

/** The scopes and the users who get them. */
export const ScopesScreen = () => {
  const { value, error } = useRead('scopes.list', {});
  const { sort, onSort } = useTableSetup('scopes');
  const [search, setSearch] = useState('');
  const [asked, setAsked] = useState<Asked>();
  const [active, setActive] = useState<Scope>();
  const searchBox = useRef<HTMLInputElement>(null);
  const create = () => setAsked({ action: 'create' });
  useNewAction('New scope', create);
  useFilterFocus('Find a scope', () => searchBox.current?.focus());
  const act = useCallback((action: ScopeAction, scope: Scope) => setAsked({ action, scope }), []);
  const close = () => setAsked(undefined);

  const all = value?.items ?? [];
  const words = search.trim().toLowerCase();
  const found = all.filter(({ name, description, roles, apis }) =>
    [name, description, ...roles, ...apis].some((text) => text.toLowerCase().includes(words)),
  );
  const atKeys = found.find(({ id }) => id === active?.id);
  useEditAction(`Edit ${atKeys?.name}`, atKeys && (() => act('edit', atKeys)));
  const none = value !== undefined && all.length === 0;

  return (
    <ScopeActions value={act}>
      <div className={styles.page}>
        <PageHeader
          title="Scopes"
          description="Scopes limit the use of a token. A scope with roles is granted only to users who have one of them."
          actions={
            !none && (
              <Button look="primary" icon={Plus} onClick={create}>
                New scope
              </Button>
            )
          }
        />
        {error !== undefined && <ErrorNote title={error.message} />}
        {value === undefined && error === undefined && <Skeleton label="Loading the scopes" />}
        {none && (
          <EmptyState
            icon={ShieldCheck}
            title="No scope defined yet"
            action={
              <Button look="primary" icon={Plus} onClick={create}>
                New scope
              </Button>
            }
          >
            Define the scopes that your APIs require. Device tokens need none: their device_… scopes are built in.
          </EmptyState>
        )}
        {all.length > 0 && (
          <SearchedTable
            label="Scopes"
            columns={scopeColumns}
            sort={sort}
            onSort={onSort}
            rows={found}
            rowKey={keyOf}
            rowLabel={labelOf}
            rowHeight={rowHeight}
            minHeight={220}
            onOpen={(scope) => act('edit', scope)}
            onActive={setActive}
            search={search}
            onSearch={setSearch}
            searchRef={searchBox}
            searchLabel="Find a scope"
            placeholder="Find by name, description, role or API"
            showAll="Show all scopes"
            className={styles.table}
          />
        )}
        <BuiltInScopes />
      </div>
      {asked?.action === 'create' && <ScopeDialog onClose={close} />}
      {asked?.action === 'edit' && <ScopeDialog scope={asked.scope} onClose={close} />}
      {asked?.action === 'delete' && <DeleteScopeDialog scope={asked.scope} onClose={close} />}
    </ScopeActions>
  );
};
