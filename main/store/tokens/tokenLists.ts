import type { Database } from 'better-sqlite3';
import type { TokenFormat } from '../../../preload/contract/tokenFormat.ts';
import type { Store } from '../../engine/ports/store/store.ts';
import type { TokenRow, Tuple } from '../../engine/ports/store/tokens.ts';
import { decoded, grantCodes, isActive, isExpired, stateCodes, userTypeCodes, uuidText } from './codes.ts';
import type { Reuses } from './reuses.ts';
import type { ScopeSets } from './scopeSets.ts';
import { createTokenSearch } from './tokenSearch.ts';
import { persistenceColumn } from './tokenValueRows.ts';

/** The columns of a {@link TokenRow}, under its member names. */
export const tokenColumns = `id, key_set_id AS keySetId, user_id AS userId,
  ${decoded('for_user', userTypeCodes)} AS userType,
  (SELECT scope FROM scope_sets WHERE scope_sets.id = scope_set_id) AS scope, binding_ref AS bindingRef,
  ${decoded('grant_type', grantCodes)} AS grantType, ${decoded('state', stateCodes)} AS state,
  iif(${isActive}, 'NONE',
    (SELECT ${uuidText('state_id')} FROM token_history WHERE token_history.id = history_id)) AS stateId,
  issued_at_ms AS issuedAtMs, validity_ms AS validityMs, refresh_token_id AS refreshTokenId,
  ifnull(format, 'opaque') AS format, ${persistenceColumn('access_token')}`;

/** The format of a token as the database stores it. */
export const storedFormat = (format: TokenFormat): string | null => (format === 'opaque' ? null : format);

type TokenLists = Pick<
  Store['tokens'],
  | 'ofTuple'
  | 'liveOrExpiredOfTuple'
  | 'list'
  | 'ids'
  | 'placed'
  | 'countByState'
  | 'count'
  | 'active'
  | 'newestLiveOrExpired'
  | 'countActive'
>;

interface TupleParameters {
  readonly keySetId: number;
  readonly userId: number;
  readonly forUser: number;
  readonly scopeSetId: number | undefined;
  readonly limit: number;
}

/** Reads many tokens. Statements name their index, so that SQLite fails instead of scanning a million rows. */
export function createTokenLists(
  db: Database,
  reuses: Pick<Reuses, 'unwrittenAtMs'>,
  scopeSets: Pick<ScopeSets, 'idOf'>,
): TokenLists {
  const tupleParameters = (
    { keySetId, userId, userType, scope }: Omit<Tuple, 'bindingRef'>,
    limit: number,
  ): TupleParameters => ({
    keySetId,
    userId,
    forUser: userTypeCodes[userType],
    scopeSetId: scopeSets.idOf(scope),
    limit,
  });
  const selectById = db.prepare<[number], TokenRow>(`SELECT ${tokenColumns} FROM tokens WHERE id = ?`);
  const isOfTuple =
    'key_set_id = @keySetId AND user_id = @userId AND for_user = @forUser AND scope_set_id = @scopeSetId';
  const selectOfTuple = db.prepare<TupleParameters, TokenRow>(
    `SELECT ${tokenColumns} FROM tokens WHERE id IN (
      SELECT id FROM tokens INDEXED BY tokens_by_key_set WHERE ${isOfTuple} ORDER BY id DESC LIMIT @limit
    ) ORDER BY id DESC`,
  );
  const selectLiveOrExpiredOfTuple = db.prepare<TupleParameters, TokenRow>(
    `SELECT ${tokenColumns} FROM tokens INDEXED BY tokens_active WHERE ${isActive} AND ${isOfTuple}
    UNION ALL
    SELECT ${tokenColumns} FROM tokens INDEXED BY tokens_expired WHERE ${isExpired} AND ${isOfTuple}
    ORDER BY id DESC LIMIT @limit`,
  );
  const selectActiveOfKeySet = db.prepare<[number], TokenRow>(
    `SELECT ${tokenColumns} FROM tokens INDEXED BY tokens_active WHERE ${isActive} AND key_set_id = ?`,
  );
  const countActiveOfKeySet = db
    .prepare<[number], number>(
      `SELECT count(*) FROM tokens INDEXED BY tokens_active WHERE ${isActive} AND key_set_id = ?`,
    )
    .pluck();
  // The index starts with the key set, and key sets are few.
  const activeOfUser = `FROM tokens INDEXED BY tokens_active
    WHERE ${isActive} AND key_set_id IN (SELECT id FROM key_sets) AND user_id = @userId`;
  const selectActiveOfUser = db.prepare<{ userId: number }, TokenRow>(`SELECT ${tokenColumns} ${activeOfUser}`);
  const selectNewestLiveOrExpired = db.prepare<{ userId: number }, TokenRow>(
    `SELECT ${tokenColumns} FROM tokens WHERE id IN (
      SELECT max(id) FROM (
        SELECT id, key_set_id, for_user, scope_set_id ${activeOfUser}
        UNION ALL
        SELECT id, key_set_id, for_user, scope_set_id FROM tokens INDEXED BY tokens_expired
        WHERE ${isExpired} AND user_id = @userId
      ) GROUP BY key_set_id, for_user, scope_set_id
    ) ORDER BY id DESC`,
  );

  const countAll = db.prepare<[], number>('SELECT count(*) FROM tokens INDEXED BY tokens_by_key_set').pluck();
  const search = createTokenSearch(db, reuses);

  return {
    ...search,
    ofTuple: (tuple, limit) => selectOfTuple.all(tupleParameters(tuple, limit)),
    liveOrExpiredOfTuple: (tuple, limit) => selectLiveOrExpiredOfTuple.all(tupleParameters(tuple, limit)),
    list(filter, limit) {
      const { found, olderThanId } = search.ids(filter, limit);
      return { found: found.flatMap((id) => selectById.all(id)), olderThanId };
    },
    count: () => countAll.get() ?? 0,
    active: (of) =>
      'userId' in of
        ? selectActiveOfUser.all({ userId: of.userId })
        : of.keySetIds.flatMap((keySetId) => selectActiveOfKeySet.all(keySetId)),
    newestLiveOrExpired: (userId) => selectNewestLiveOrExpired.all({ userId }),
    countActive: (keySetIds) => keySetIds.reduce((sum, keySetId) => sum + (countActiveOfKeySet.get(keySetId) ?? 0), 0),
  };
}
