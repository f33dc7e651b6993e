import type { TokensSlice } from '../../store/tokens.ts';
import { formatCount } from '../../ui/count.ts';
import { countMembers } from './filter.ts';
import styles from './TokenList.module.css';

const states = ['ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED'] as const;

/** How many match, of how many, and in which states. */
export const TokenCount = ({ table }: { readonly table: TokensSlice }) => {
  const { ids, complete, counts, loading, progress } = table;
  if (loading || ids === undefined || !complete) {
    const share = progress === undefined || progress.total === 0 ? 0 : progress.done / progress.total;
    return <span className={styles.count}>Searching…{share > 0 && ` ${Math.floor(share * 100)} %`}</span>;
  }
  const filtered = countMembers(table.listed) > 0;
  const matching = filtered
    ? `${formatCount(ids.length)} of ${table.total === undefined ? '…' : formatCount(table.total)}`
    : formatCount(ids.length);
  const byState = states.flatMap((state) => {
    const count = counts?.[state] ?? 0;
    return count === 0 ? [] : [`${formatCount(count)} ${state}`];
  });
  return (
    <span className={styles.count}>
      <span role="status">
        {matching} {(filtered ? table.total : ids.length) === 1 ? 'token' : 'tokens'}
      </span>
      {byState.map((words) => (
        <span key={words}> · {words}</span>
      ))}
    </span>
  );
};
