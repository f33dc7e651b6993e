import { Plus, ShieldCheck } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Scope } from '../../../preload/contract/scopes.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useEditAction, useFilterFocus, useNewAction } from '../../store/hooks/window/useCommands.ts';
import { useSearchedTable } from '../../store/hooks/window/useSearchedTable.ts';
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
const labelOf = ({ name }: Scope) => `scope ${name}`;

const matching = (search: string) => {
  const words = search.trim().toLowerCase();
  return ({ name, description, roles, apis }: Scope): boolean =>
    [name, description, ...roles, ...apis].some((text) => text.toLowerCase().includes(words));
};

type Asked = { readonly action: ScopeAction; readonly scope: Scope } | { readonly action: 'create' };

/** The scopes and the users who get them. */
export const ScopesScreen = () => {
  const { value, error } = useRead('scopes.list', {});
  const [asked, setAsked] = useState<Asked>();
  const create = () => setAsked({ action: 'create' });
  useNewAction('New scope', create);
  const act = useCallback((action: ScopeAction, scope: Scope) => setAsked({ action, scope }), []);
  const close = () => setAsked(undefined);

  const all = value?.items ?? [];
  const { table, active } = useSearchedTable('scopes', all, matching);
  useFilterFocus('Find a scope', () => table.searchRef.current?.focus());
  useEditAction(`Edit ${active?.name}`, active && (() => act('edit', active)));
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
            {...table}
            label="Scopes"
            columns={scopeColumns}
            rowLabel={labelOf}
            rowHeight={rowHeight}
            minHeight={220}
            onOpen={(scope) => act('edit', scope)}
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
