import type { TokenState } from '../../../preload/contract/values.ts';
import type { HistoryRow, Retirement } from '../../engine/ports/tokenStore.ts';
import { type Context, parseColumn } from '../context.ts';

export interface TokenHistory {
  /**
   * Adds an entry to the history of a token and gives its id, which the caller writes into the token's row. Without
   * `retired` its state stays as it is. Throws when the token is neither ACTIVE nor EXPIRED: nothing happens to it any more.
   */
  add(tokenId: number, at: Entry, retired: Retired | null): number;
  /** Oldest first; the first is the issue. */
  list(tokenId: number): readonly HistoryRow[];
}

type Entry = Pick<Retirement, 'atMs' | 'realTimeMs' | 'reason'>;
type Retired = Pick<Retirement, 'state' | 'stateId'>;

interface HistoryRecord {
  readonly atMs: number;
  readonly state: TokenState;
  readonly reason: string;
}

/** A chain for each token, from its row to the newest entry and on to the one before: adding touches no index. */
export function createTokenHistory({ db }: Context): TokenHistory {
  const into =
    'INSERT INTO token_history (previous_id, token_id, at_ms, real_at_ms, reason, state, state_id) SELECT history_id, id, ?, ?, ?,';
  const from = "FROM tokens WHERE id = ? AND (state = 'ACTIVE' OR state = 'EXPIRED')";
  // One that reads the table it writes to, as the other has to, is put together aside first.
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
