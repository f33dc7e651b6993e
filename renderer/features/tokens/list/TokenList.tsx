import { Ban, Download, Eraser, X } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { type TokenActions, useTokenActions } from '../../../store/hooks/topics/useTokenActions.ts';
import { useTokenTable } from '../../../store/hooks/topics/useTokens.ts';
import { useCopyToken } from '../../../store/hooks/window/useCommands.ts';
import type { TokenFilter } from '../../../store/topics/tokenSearch.ts';
import type { TokensSlice } from '../../../store/topics/tokens.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { DataTable } from '../../../ui/tables/DataTable.tsx';
import type { RowKey, RowOrder } from '../../../ui/tables/tableColumns.ts';
import { useWidth } from '../../../ui/useWidth.ts';
import { countMembers } from '../filter.ts';
import { PurgeDialog } from '../revoke/PurgeDialog.tsx';
import { RevokeAll } from '../revoke/RevokeAll.tsx';
import { useAskRevoke } from '../revoke/RevokeProvider.tsx';
import { nameOf } from '../tokenWords.ts';
import type { TokenFilterChoice } from '../useTokenFilter.ts';
import { columnsFor } from './columns.tsx';
import { FilterBar } from './FilterBar.tsx';
import { NoTokens } from './NoTokens.tsx';
import { TokenCount } from './TokenCount.tsx';
import styles from './TokenList.module.css';
import { type TokenExport, useExport } from './useExport.ts';

const keyOf = ({ id }: Token): RowKey => id;
/** Milliseconds. Holding an arrow key passes rows faster than their commands can be written. */
const restMs = 200;

/** Gives the position of an id in a descending list. */
function indexIn(ids: readonly number[], id: RowKey): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] ?? 0) > Number(id)) low = middle + 1;
    else high = middle;
  }
  return ids[low] === id ? low : -1;
}

/** Gives the order of the rows, by descending id. */
const useOrder = (ids: readonly number[] | undefined, listed: TokenFilter): RowOrder =>
  useMemo(() => {
    const all = ids ?? [];
    return {
      list: JSON.stringify(listed),
      keyAt: (index) => all[index] ?? -1,
      indexOf: (key) => indexIn(all, key),
    };
  }, [ids, listed]);

/** Shows the calls of the row that keeps the focus for a moment, and binds the shortcut that copies its token. */
function useActiveRow(actions: TokenActions) {
  const active = useRef<Token>(undefined);
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const onActive = useCallback((token: Token) => {
    active.current = token;
  }, []);
  const onFocus = () => {
    clearTimeout(resting.current);
    resting.current = setTimeout(() => active.current && actions.look(active.current), restMs);
  };
  useEffect(() => () => clearTimeout(resting.current), []);
  useCopyToken('Copy the token of the row', () => active.current !== undefined && actions.copyToken(active.current));
  return { onActive, onFocus };
}

interface ListHeaderProps {
  readonly file: TokenExport;
  readonly filter: TokenFilter;
  readonly empty: boolean;
}

/** The title, with the actions on many tokens and their dialogs. */
const ListHeader = ({ file, filter, empty }: ListHeaderProps) => {
  const [open, setOpen] = useState<'purge' | 'revoke'>();
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHeader
        title="Tokens"
        actions={
          <>
            <Button icon={Eraser} aria-label="Purge retired tokens…" onClick={() => setOpen('purge')}>
              Purge retired
            </Button>
            <Button icon={Ban} onClick={() => setOpen('revoke')}>
              Revoke many…
            </Button>
            <Button icon={Download} loading={file.running} disabled={empty} onClick={() => void file.run(filter)}>
              Export CSV
            </Button>
          </>
        }
      />
      {open === 'purge' && <PurgeDialog onClose={close} />}
      {open === 'revoke' && <RevokeAll onClose={close} />}
    </>
  );
};

interface SelectionProps {
  readonly selected: ReadonlySet<RowKey>;
  readonly onSelect: (selected: ReadonlySet<RowKey>) => void;
}

/** The number of selected tokens, with their actions. */
const Selection = ({ selected, onSelect }: SelectionProps) => {
  const ask = useAskRevoke();
  return (
    <span className={styles.selection}>
      <strong>{countOf(selected.size, 'token')} selected</strong>
      <Button
        size="small"
        look="danger"
        icon={Ban}
        onClick={() => ask({ kind: 'tokens', ids: [...selected].map(Number) })}
      >
        Revoke…
      </Button>
      <Button size="small" look="ghost" icon={X} onClick={() => onSelect(new Set())}>
        Clear selection
      </Button>
    </span>
  );
};

interface ReadFailureProps {
  readonly table: TokensSlice;
  readonly choice: TokenFilterChoice;
}

/** The list could not be read: offers a retry, and another filter. */
const ReadFailure = ({ table, choice }: ReadFailureProps) => (
  <ErrorNote
    title="The tokens could not be read."
    actions={
      <>
        <Button size="small" onClick={() => table.search(choice.filter)}>
          Try again
        </Button>
        {countMembers(choice.filter) > 0 && (
          <Button size="small" onClick={choice.clear}>
            Clear the filters
          </Button>
        )}
      </>
    }
  >
    {table.error?.message}
  </ErrorNote>
);

interface TokenListProps extends SelectionProps {
  readonly choice: TokenFilterChoice;
  /** The token to return to. */
  readonly startAt: number | undefined;
}

/** All matching tokens, as a table of any length. */
export const TokenList = ({ choice, selected, onSelect, startAt }: TokenListProps) => {
  const { filter, clear } = choice;
  const table = useTokenTable();
  const { ids, listed, complete, loading, rows, search, show } = table;
  const actions = useTokenActions();
  const file = useExport();
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body);
  // Start this read before those of the components around the list.
  useLayoutEffect(() => search(filter), [search, filter]);
  const order = useOrder(ids, listed);
  const { onActive, onFocus } = useActiveRow(actions);
  const toTable = useCallback(
    () => body.current?.querySelector<HTMLElement>('[data-index][tabindex="0"]')?.focus(),
    [],
  );

  const empty = ids?.length === 0 && complete && !loading;
  const filtered = countMembers(listed) > 0;
  const none = empty && !filtered;
  const failed = table.error !== undefined && !loading;
  // The rows belong to an earlier filter, whose read succeeded.
  const misfit = failed && JSON.stringify(listed) !== JSON.stringify(filter);
  return (
    <div className={styles.root}>
      <ListHeader file={file} filter={filter} empty={empty} />
      {!none && <FilterBar choice={choice} onDown={toTable} />}
      <div className={styles.line} hidden={none}>
        {selected.size > 0 ? (
          <Selection selected={selected} onSelect={onSelect} />
        ) : (
          !misfit && <TokenCount table={table} />
        )}
      </div>
      {file.running && file.progress !== undefined && (
        <Progress
          label="Writing the file"
          value={file.progress.done}
          max={file.progress.total}
          onCancel={file.cancel}
        />
      )}
      {failed && <ReadFailure table={table} choice={choice} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only tracks where in the table the focus is */}
      <div
        ref={body}
        className={classes(styles.body, misfit && styles.misfit)}
        aria-busy={loading || undefined}
        onFocus={onFocus}
      >
        {ids === undefined || misfit ? (
          !failed && <Skeleton lines={6} label="Loading the tokens" />
        ) : (
          <DataTable
            label="Tokens"
            columns={columnsFor(width)}
            rowCount={ids.length}
            rowAt={(index) => rows.get(ids[index] ?? -1)}
            rowKey={keyOf}
            rowLabel={nameOf}
            rowHeight={50}
            order={order}
            startAt={startAt}
            onOpen={actions.show}
            onActive={onActive}
            onRange={show}
            selection={{ selected, onChange: onSelect }}
            {...(empty && { empty: <NoTokens filtered={filtered} onClear={clear} /> })}
          />
        )}
      </div>
    </div>
  );
};
