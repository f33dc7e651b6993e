import type { TokenState } from '../../../preload/contract/values.ts';
import type { HistoryRow, Retirement } from '../../engine/ports/store/tokens.ts';
import { type Context, parseColumn } from '../context.ts';

export interface TokenHistory {
  /**
   * Adds an entry to the history of a token. Gives its id, which the caller writes into the token's row. Without `retired` the state
   * does not change. Throws if the token is neither ACTIVE nor EXPIRED: other states are final.
   */
  add(tokenId: number, at: Entry, retired: Retired | null): number;
  /** Oldest first; the first entry is the issue. */
  list(tokenId: number): readonly HistoryRow[];
}

type Entry = Pick<Retirement, 'atMs' | 'realTimeMs' | 'reason'>;
type Retired = Pick<Retirement, 'state' | 'stateId'>;

interface HistoryRecord {
  readonly atMs: number;
  readonly state: TokenState;
  readonly reason: string;
}

/** A linked list per token: the row names the newest entry, and each entry its predecessor. So adding one writes to no index. */
export function createTokenHistory({ db }: Context): TokenHistory {
  const into =
    'INSERT INTO token_history (previous_id, token_id, at_ms, real_at_ms, reason, state, state_id) SELECT history_id, id, ?, ?, ?,';
  const from = "FROM tokens WHERE id = ? AND (state = 'ACTIVE' OR state = 'EXPIRED')";
  // Two statements: one that reads the table it writes to, like `insert`, needs a temporary table.
  const insertRetired = db.prepare<[number, number, string, string, string, number]>(`${into} ?, ? ${from}`);
  const insert = db.prepare<[number, number, string, number]>(
    `${into} state, (SELECT state_id FROM token_history WHERE id = history_id) ${from}`,
  );
  const selectIssue = db.prepare<[number], HistoryRecord>(
    `SELECT issued_at_ms AS atMs, 'ACTIVE' AS state, reason FROM tokens WHERE id = ?`,
  );
  const selectChain = db.prepare<[number], HistoryRecord>(
    `WITH RECURSIVE chain (id) AS (
      SELECT history_id FROM tokens WHERE id = ?
      UNION ALL
      SELECT previous_id FROM chain JOIN token_history USING (id)
    ) SELECT at_ms AS atMs, state, reason FROM chain JOIN token_history USING (id) ORDER BY id`,
  );

  return {
    add(tokenId, { atMs, realTimeMs, reason }, retired) {
      const text = JSON.stringify(reason);
      const { changes, lastInsertRowid } =
        retired === null
          ? insert.run(atMs, realTimeMs, text, tokenId)
          : insertRetired.run(atMs, realTimeMs, text, retired.state, retired.stateId, tokenId);
      if (changes !== 1) throw new Error(`Token ${tokenId} is neither ACTIVE nor EXPIRED.`);
      return Number(lastInsertRowid);
    },
    list: (tokenId) =>
      [...selectIssue.all(tokenId), ...selectChain.all(tokenId)].map((record) => ({
        ...record,
        reason: parseColumn(record.reason, 'token_history.reason'),
      })),
  };
}
