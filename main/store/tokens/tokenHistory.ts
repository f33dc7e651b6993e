import type { TokenState } from '../../../preload/contract/values.ts';
import type { HistoryRow, Retirement, TokenRow } from '../../engine/ports/store/tokens.ts';
import { displayName, type Username } from '../../engine/usernames.ts';
import type { Context } from '../context.ts';
import { decoded, isActive, isExpired, stateCodes, userTypeCodes, uuidBytes } from './codes.ts';
import { readReason, storedReason } from './storedReason.ts';

/** The `history_id` of a token without one: as long as any later id, see migration 10. */
export const noHistory = -(2 ** 31);

/** The real time of an entry as rows store it: NULL is token time, from which it differs only while the clock is moved. */
export const storedRealTime = (atMs: number, realTimeMs: number): number | null =>
  realTimeMs === atMs ? null : realTimeMs;

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

interface IssueRecord extends Username, Pick<TokenRow, 'userType' | 'scope' | 'bindingRef'> {
  readonly atMs: number;
  readonly reason: string;
  readonly consumerKey: string;
}

/** A linked list per token: the row names the newest entry, and each entry its predecessor. So adding one writes to no index. */
export function createTokenHistory({ db }: Context): TokenHistory {
  const into = `INSERT INTO token_history (previous_id, token_id, at_ms, real_at_ms, reason, state, state_id)
    SELECT nullif(history_id, ${noHistory}), id, ?, ?, ?,`;
  const from = `FROM tokens WHERE id = ? AND (${isActive} OR ${isExpired})`;
  // Two statements: one that reads the table it writes to, like `insert`, needs a temporary table.
  const insertRetired = db.prepare<[number, number | null, string, number, string, number]>(
    `${into} ?, ${uuidBytes} ${from}`,
  );
  const insert = db.prepare<[number, number | null, string, number]>(
    `${into} state, (SELECT state_id FROM token_history WHERE id = history_id) ${from}`,
  );
  const selectIssue = db.prepare<[number], IssueRecord>(
    `SELECT issued_at_ms AS atMs, reason, consumer_key AS consumerKey, name, user_store AS userStore,
      tenant_domain AS tenantDomain, ${decoded('for_user', userTypeCodes)} AS userType, scope, binding_ref AS bindingRef
    FROM tokens JOIN key_sets ON key_sets.id = key_set_id JOIN users ON users.id = user_id
      JOIN scope_sets ON scope_sets.id = scope_set_id WHERE tokens.id = ?`,
  );
  const selectChain = db.prepare<[number], HistoryRecord>(
    `WITH RECURSIVE chain (id) AS (
      SELECT history_id FROM tokens WHERE id = ?
      UNION ALL
      SELECT previous_id FROM chain JOIN token_history USING (id)
    ) SELECT at_ms AS atMs, ${decoded('state', stateCodes)} AS state, reason
    FROM chain JOIN token_history USING (id) ORDER BY id`,
  );

  const issueOf = ({ atMs, reason, consumerKey, userType, scope, bindingRef, ...user }: IssueRecord): HistoryRow => {
    const tuple = { consumerKey, user: displayName(user), userType, scope, bindingRef };
    return { atMs, state: 'ACTIVE', reason: readReason(reason, 'tokens.reason', { atMs, tuple }) };
  };

  return {
    add(tokenId, { atMs, realTimeMs, reason }, retired) {
      const entry = [atMs, storedRealTime(atMs, realTimeMs), storedReason(reason, tokenId)] as const;
      const { changes, lastInsertRowid } =
        retired === null
          ? insert.run(...entry, tokenId)
          : insertRetired.run(...entry, stateCodes[retired.state], retired.stateId, tokenId);
      if (changes !== 1) throw new Error(`Token ${tokenId} is neither ACTIVE nor EXPIRED.`);
      return Number(lastInsertRowid);
    },
    list: (tokenId) => [
      ...selectIssue.all(tokenId).map(issueOf),
      ...selectChain.all(tokenId).map(({ atMs, state, reason }) => ({
        atMs,
        state,
        reason: readReason(reason, 'token_history.reason', { atMs, tokenId }),
      })),
    ],
  };
}
