import type { Store, TokenRow, Tuple } from '../engine/ports.ts';
import { type Context, mustBeInTransaction, type RowIds } from './context.ts';
import type { Reuses } from './reuses.ts';
import { scopeHash } from './scopeHash.ts';
import { createTokenHistory } from './tokenHistory.ts';
import { createTokenLists, tokenColumns } from './tokenLists.ts';
import { createTokenValues } from './tokenValues.ts';

/** Rows and values in memory; of more live tokens than this, some are read from disk again. */
const cacheLimit = 16_384;

const tupleKey = ({ keySetId, userId, userType, scope, bindingRef }: Tuple): string =>
  `${keySetId} ${userId} ${userType} ${bindingRef} ${scope}`;

const forUser = ({ userType }: Tuple): 0 | 1 => (userType === 'APPLICATION' ? 0 : 1);

export function createTokens(context: Context, ids: RowIds, reuses: Reuses): Store['tokens'] {
  const { db, caches } = context;
  const history = createTokenHistory(context);
  const values = createTokenValues(context, 'access', cacheLimit);
  const rows = caches.create<number, TokenRow>(cacheLimit);
  /** Where to look first. The row tells whether it is still ACTIVE, and then it is the one: there is one at most. */
  const idOfTuple = caches.create<string, number>(cacheLimit);

  const selectById = db.prepare<[number], TokenRow>(`SELECT ${tokenColumns} FROM tokens WHERE id = ?`);
  const selectActive = db.prepare<[number, number, 0 | 1, Uint8Array, string], TokenRow>(
    `SELECT ${tokenColumns} FROM tokens INDEXED BY tokens_active
    WHERE state = 'ACTIVE' AND key_set_id = ? AND user_id = ? AND for_user = ? AND scope_hash = ? AND binding_ref = ?`,
  );
  const insertRow = db.prepare(
    `INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, state_id, issued_at_ms,
      validity_ms, grant_type, refresh_token_id, scope, access_token, access_token_digest, reason)
    VALUES (?, ?, ?, ?, ?, ?, 'ACTIVE', 'NONE', ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateState = db.prepare<[string, string, number, number]>(
    'UPDATE tokens SET state = ?, state_id = ?, history_id = ? WHERE id = ?',
  );
  const updateValidity = db.prepare<[number, number, number]>(
    'UPDATE tokens SET validity_ms = ?, history_id = ? WHERE id = ?',
  );

  const byId = (id: number): TokenRow | undefined => {
    const cached = rows.get(id);
    if (cached !== undefined) return cached;
    const row = selectById.get(id);
    if (row !== undefined) rows.set(id, row);
    return row;
  };

  return {
    ...createTokenLists(context),
    findActive(tuple) {
      const key = tupleKey(tuple);
      const cachedId = idOfTuple.get(key);
      const cached = cachedId === undefined ? undefined : byId(cachedId);
      if (cached?.state === 'ACTIVE') return cached;
      const row = selectActive.get(
        tuple.keySetId,
        tuple.userId,
        forUser(tuple),
        scopeHash(tuple.scope),
        tuple.bindingRef,
      );
      if (row === undefined) return undefined;
      rows.set(row.id, row);
      idOfTuple.set(key, row.id);
      return row;
    },
    byId,
    byValue(accessToken) {
      const id = values.idOf(accessToken);
      return id === undefined ? undefined : byId(id);
    },
    nextId: ids.next,
    insert({ reason, ...token }) {
      mustBeInTransaction(context);
      const id = ids.take();
      const { value, sealed, digest } = values.mint(id);
      insertRow.run(
        id,
        token.keySetId,
        token.userId,
        forUser(token),
        scopeHash(token.scope),
        token.bindingRef,
        token.issuedAtMs,
        token.validityMs,
        token.grantType,
        token.refreshTokenId,
        token.scope,
        sealed,
        digest,
        JSON.stringify(reason),
      );
      return { row: { ...token, id, state: 'ACTIVE', stateId: 'NONE' }, accessToken: value };
    },
    reveal: values.reveal,
    retire(retirements) {
      mustBeInTransaction(context);
      for (const { tokenId, state, stateId, atMs, reason } of retirements) {
        rows.delete(tokenId);
        const historyId = history.add(tokenId, atMs, state, reason);
        updateState.run(state, stateId, historyId, tokenId);
      }
    },
    setValidity(id, validityMs, atMs, reason) {
      mustBeInTransaction(context);
      rows.delete(id);
      const historyId = history.add(id, atMs, null, reason);
      updateValidity.run(validityMs, historyId, id);
    },
    countReuse: reuses.count,
    reuses: reuses.of,
    history: history.list,
  };
}
