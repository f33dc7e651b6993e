import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { filterPart } from '../../../store/topics/tokens/tokenSearch.ts';
import type { TokensSlice } from '../../../store/topics/tokens/tokens.ts';
import { formatCount } from '../../../ui/facts/count.ts';
import { tokenState } from '../../../ui/facts/tokenState.ts';
import { countMembers } from '../filter.ts';
import styles from './TokenList.module.css';

/** Counts tokens by the state that people see: an expired token with an ACTIVE row counts as expired. */
function useStates({ listed: query, counts }: TokensSlice): readonly string[] {
  const listed = filterPart(query);
  const { ACTIVE: rows = 0, INACTIVE = 0, EXPIRED = 0, REVOKED = 0 } = counts ?? {};
  // A validity filter already answers this.
  const asks = rows > 0 && listed.validity === undefined && listed.expiredSinceMs === undefined;
  const valid = useRead('tokens.count', asks ? { ...listed, validity: 'valid' } : undefined).value?.total;
  const active = asks ? valid : listed.validity === 'overdue' || listed.expiredSinceMs !== undefined ? 0 : rows;
  if (active === undefined) return [];
  const each = [
    [active, tokenState('ACTIVE')],
    [EXPIRED + rows - active, tokenState('EXPIRED')],
    [INACTIVE, tokenState('INACTIVE')],
    [REVOKED, tokenState('REVOKED')],
  ] as const;
  return each.flatMap(([count, { word }]) => (count > 0 ? [`${formatCount(count)} ${word.toLowerCase()}`] : []));
}

/** The number of matches, the total, and their states. */
export const TokenCount = ({ table }: { readonly table: TokensSlice }) => {
  const { ids, complete, loading, progress } = table;
  const states = useStates(table);
  if (loading || ids === undefined || !complete) {
    const share = progress === undefined || progress.total === 0 ? 0 : progress.done / progress.total;
    return <span className={styles.count}>Searching…{share > 0 && ` ${Math.floor(share * 100)} %`}</span>;
  }
  const filtered = countMembers(filterPart(table.listed)) > 0;
  const matching = filtered
    ? `${formatCount(ids.length)} of ${table.total === undefined ? '…' : formatCount(table.total)}`
    : formatCount(ids.length);
  return (
    <span className={styles.count}>
      <span role="status">
        {matching} {(filtered ? table.total : ids.length) === 1 ? 'token' : 'tokens'}
      </span>
      {states.map((words) => (
        <span key={words}> · {words}</span>
      ))}
    </span>
  );
};
