import { Ban, Download, Eraser, X } from 'lucide-react';
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Token } from '../../../../preload/contract/tokens.ts';
import { type TokenActions, useTokenActions } from '../../../store/hooks/topics/useTokenActions.ts';
import { useTokenTable } from '../../../store/hooks/topics/useTokens.ts';
import { useCopyToken } from '../../../store/hooks/window/useCommands.ts';
import { useCompactRows, useTableSetup } from '../../../store/hooks/window/useTableSetup.ts';
import { filterPart, type TokenFilter, type TokenQuery } from '../../../store/topics/tokens/tokenSearch.ts';
import type { TokensSlice } from '../../../store/topics/tokens/tokens.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { classes } from '../../../ui/classes.ts';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { ErrorNote } from '../../../ui/feedback/ErrorNote.tsx';
import { Progress } from '../../../ui/feedback/Progress.tsx';
import { Skeleton } from '../../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../../ui/layout/PageHeader.tsx';
import { ColumnChooser } from '../../../ui/tables/ColumnChooser.tsx';
import { DataTable } from '../../../ui/tables/DataTable.tsx';
import type { RowKey } from '../../../ui/tables/tableColumns.ts';
import { useWidth } from '../../../ui/useWidth.ts';
import { countMembers } from '../filter.ts';
import { PurgeDialog } from '../revoke/PurgeDialog.tsx';
import { RevokeAll } from '../revoke/RevokeAll.tsx';
import { useAskRevoke } from '../revoke/RevokeProvider.tsx';
import { nameOf } from '../tokenWords.ts';
import type { TokenFilterChoice } from '../useTokenFilter.ts';
import { actions, twoLineColumns } from './columns.tsx';
import { FilterBar } from './FilterBar.tsx';
import { NoTokens } from './NoTokens.tsx';
import { oneLineColumns, usualKeys } from './oneLineColumns.tsx';
import { TokenCount } from './TokenCount.tsx';
import styles from './TokenList.module.css';
import { type TokenExport, useExport } from './useExport.ts';
import { useRowOrder } from './useRowOrder.ts';

const keyOf = ({ id }: Token): RowKey => id;
/** Milliseconds. Holding an arrow key passes rows faster than their commands can be written. */
const restMs = 200;

const orders: readonly string[] = ['issued', 'expires', 'lastUsed'] satisfies readonly TokenQuery['order'][];

/** Gives the columns, the order and the line height that a person chose. */
function useShape(width: number, rowCount: number) {
  const setup = useTableSetup('tokens');
  const compact = useCompactRows(rowCount);
  const { sort, columns: chosen } = setup;
  const known = chosen?.filter((key) => oneLineColumns.some((column) => column.key === key)) ?? [];
  const keys = known.length > 0 ? known : usualKeys(width);
  const shown = keys.join(',');
  const usual = !compact && known.length === 0;
  const columns = useMemo(
    () =>
      usual ? twoLineColumns(width) : [...oneLineColumns.filter(({ key }) => shown.split(',').includes(key)), actions],
    [usual, width, shown],
  );
  const query = useMemo<Pick<TokenQuery, 'order' | 'ascending'>>(
    () =>
      sort !== undefined && orders.includes(sort.column)
        ? { order: sort.column as NonNullable<TokenQuery['order']>, ascending: !sort.descending }
        : {},
    [sort],
  );
  return { setup, compact, columns, keys, chosen: known.length > 0, query };
}

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
const Selection = ({ selected, onSelect, all }: SelectionProps & { readonly all: string | undefined }) => {
  const ask = useAskRevoke();
  return (
    <span className={styles.selection}>
      <strong>{all ?? countOf(selected.size, 'token')} selected</strong>
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

/** Says which tokens a list has: "all 90,000 tokens that match", or "the 50 loaded tokens" during a search. */
function wordsForAll({ ids = [], complete, listed }: TokensSlice): string {
  if (!complete) return `the ${formatCount(ids.length)} loaded tokens`;
  return `all ${countOf(ids.length, 'token')}${countMembers(filterPart(listed)) > 0 ? ' that match' : ''}`;
}

interface ListLineProps extends SelectionProps {
  readonly table: TokensSlice;
  readonly shape: ReturnType<typeof useShape>;
  /** "all 90,000 tokens". */
  readonly all: string;
  readonly hidden: boolean;
  /** Whether the shown rows belong to an earlier search. */
  readonly misfit: boolean;
}

/** The line above the table: the selection or the count, and the columns. */
const ListLine = ({ table, selected, onSelect, shape, all, hidden, misfit }: ListLineProps) => (
  <div className={styles.line} hidden={hidden}>
    {selected.size > 0 ? (
      <Selection
        {...{ selected, onSelect }}
        all={table.complete && selected.size === table.ids?.length ? all.replace('all', 'All') : undefined}
      />
    ) : (
      !misfit && <TokenCount table={table} />
    )}
    <span className={styles.choosers}>
      <ColumnChooser
        all={oneLineColumns}
        shown={shape.keys}
        chosen={shape.chosen}
        onChoose={shape.setup.chooseColumns}
      />
    </span>
  </div>
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
  const rowActions = useTokenActions();
  const file = useExport();
  const body = useRef<HTMLDivElement>(null);
  const width = useWidth(body);
  const shape = useShape(width, ids?.length ?? 0);
  const query = useMemo(() => ({ ...filter, ...shape.query }), [filter, shape.query]);
  // Start this read before those of the components around the list.
  useLayoutEffect(() => search(query), [search, query]);
  const order = useRowOrder(ids, listed);
  const all = wordsForAll(table);
  const { onActive, onFocus } = useActiveRow(rowActions);
  const toTable = useCallback(
    () => body.current?.querySelector<HTMLElement>('[data-index][tabindex="0"]')?.focus(),
    [],
  );

  const empty = ids?.length === 0 && complete && !loading;
  const filtered = countMembers(filterPart(listed)) > 0;
  const none = empty && !filtered;
  const failed = table.error !== undefined && !loading;
  // The rows belong to an earlier search, whose read succeeded.
  const misfit = failed && JSON.stringify(listed) !== JSON.stringify(query);
  return (
    <div className={styles.root}>
      <ListHeader file={file} filter={filter} empty={empty} />
      {!none && <FilterBar choice={choice} onDown={toTable} />}
      <ListLine {...{ table, selected, onSelect, shape, all }} hidden={none} misfit={misfit} />
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
            columns={shape.columns}
            rowCount={ids.length}
            rowAt={(index) => rows.get(ids[index] ?? -1)}
            rowKey={keyOf}
            rowLabel={nameOf}
            rowHeight={50}
            compact={shape.compact}
            sort={shape.setup.sort}
            onSort={shape.setup.onSort}
            selectAllLabel={`Select ${all}`}
            order={order}
            startAt={startAt}
            onOpen={rowActions.show}
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
