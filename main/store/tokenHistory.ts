import type { Reason } from '../../preload/contract/audit.ts';
import type { TokenState } from '../../preload/contract/values.ts';
import type { HistoryRow, Retirement } from '../engine/storePort.ts';
import type { Context } from './context.ts';

export interface TokenHistory {
  /**
   * Adds an entry to the history of a token and gives its id, which the caller writes into the token's row. Without
   * `retired` its state stays as it is. Throws when the token is neither ACTIVE nor EXPIRED: nothing happens to it any more.
   */
  add(tokenId: number, atMs: number, retired: Retired | null, reason: Reason): number;
  /** Oldest first; the first is the issue. */
  list(tokenId: number): readonly HistoryRow[];
}

type Retired = Pick<Retirement, 'state' | 'stateId'>;

interface HistoryRecord {
  readonly atMs: number;
  readonly state: TokenState;
  readonly reason: string;
}

/** A chain for each token, from its row to the newest entry and on to the one before: adding touches no index. */
export function createTokenHistory({ db }: Context): TokenHistory {
  const insert = db.prepare<[number, string | null, string | null, string, number]>(
    `INSERT INTO token_history (previous_id, token_id, at_ms, state, state_id, reason)
    SELECT history_id, id, ?, ifnull(?, state), ifnull(?, (SELECT state_id FROM token_history WHERE id = history_id)), ?
    FROM tokens WHERE id = ? AND (state = 'ACTIVE' OR state = 'EXPIRED')`,
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
    add(tokenId, atMs, retired, reason) {
      const { changes, lastInsertRowid } = insert.run(
        atMs,
        retired?.state ?? null,
        retired?.stateId ?? null,
        JSON.stringify(reason),
        tokenId,
      );
      if (changes !== 1) throw new Error(`Token ${tokenId} is neither ACTIVE nor EXPIRED.`);
      return Number(lastInsertRowid);
    },
    list: (tokenId) =>
      [...selectIssue.all(tokenId), ...selectChain.all(tokenId)].map((record) => ({
        ...record,
        reason: JSON.parse(record.reason),
      })),
  };
}
