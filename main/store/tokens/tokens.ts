import type { Database } from 'better-sqlite3';
import type { Store } from '../../engine/ports/store/store.ts';
import type { TokenRow, Tuple } from '../../engine/ports/store/tokens.ts';
import { type Context, mustBeInTransaction, type RowIds } from '../context.ts';
import { grantCodes, isActive, stateCodes, userTypeCodes } from './codes.ts';
import type { ImportedValues } from './importedValues.ts';
import type { RefreshTokens } from './refreshTokens.ts';
import { createRetiredTokens } from './retiredTokens.ts';
import type { Reuses } from './reuses.ts';
import type { ScopeSets } from './scopeSets.ts';
import { storedReason } from './storedReason.ts';
import { createTokenHistory } from './tokenHistory.ts';
import { createTokenLists, storedFormat, tokenColumns } from './tokenLists.ts';
import type { TokenPurge } from './tokenPurge.ts';
import { createTokenValueRows } from './tokenValueRows.ts';
import type { ValueDeletion } from './valueDeletion.ts';

const tupleKey = ({ keySetId, userId, userType, scope, bindingRef }: Tuple): string =>
  `${keySetId} ${userId} ${userType} ${bindingRef} ${scope}`;

function prepareStatements(db: Database) {
  const selectActive = db.prepare<[number, number, number, number, string], TokenRow>(
    `SELECT ${tokenColumns} FROM tokens INDEXED BY tokens_active
    WHERE ${isActive} AND key_set_id = ? AND user_id = ? AND for_user = ? AND scope_set_id = ? AND binding_ref = ?`,
  );
  const selectToCompare = db
    .prepare<[number], [active: 0 | 1, digest: Uint8Array]>(
      `SELECT ${isActive}, access_token_digest FROM tokens WHERE id = ?`,
    )
    .raw();
  const insertRow = db.prepare(
    `INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_set_id, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, refresh_token_id, access_token, access_token_digest, reason, format)
    VALUES (?, ?, ?, ?, ?, ?, ${stateCodes.ACTIVE}, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateState = db.prepare<[number, number, number]>('UPDATE tokens SET state = ?, history_id = ? WHERE id = ?');
  const updateValidity = db.prepare<[number, number, number]>(
    'UPDATE tokens SET validity_ms = ?, history_id = ? WHERE id = ?',
  );
  return { selectActive, selectToCompare, insertRow, updateState, updateValidity };
}

interface TokenParts {
  readonly reuses: Reuses;
  readonly imported: ImportedValues;
  readonly refreshTokens: RefreshTokens;
  readonly valueDeletion: ValueDeletion;
  readonly purge: TokenPurge;
  readonly scopeSets: ScopeSets;
}

export function createTokens(
  context: Context,
  ids: RowIds,
  { reuses, imported, refreshTokens, valueDeletion, purge, scopeSets }: TokenParts,
): Store['tokens'] {
  const { db, caches, commit, sealer, reads } = context;
  const history = createTokenHistory(context);
  const rows = createTokenValueRows<TokenRow>(context, 'access', tokenColumns, imported);
  /** A hint from tuple to row id. The row must still be ACTIVE; at most one can be. */
  const idOfTuple = caches.create<string, number>(16_384);

  const { selectActive, selectToCompare, insertRow, updateState, updateValidity } = prepareStatements(db);

  return {
    ...createTokenLists(db, reuses, scopeSets),
    ...createRetiredTokens(db),
    findActive(tuple) {
      const key = tupleKey(tuple);
      const cachedId = idOfTuple.get(key);
      const cached = cachedId === undefined ? undefined : rows.byId(cachedId);
      if (cached?.state === 'ACTIVE') return cached;
      reads.begin();
      const setId = scopeSets.idOf(tuple.scope);
      if (setId === undefined) return undefined;
      const { keySetId, userId, userType, bindingRef } = tuple;
      const row = selectActive.get(keySetId, userId, userTypeCodes[userType], setId, bindingRef);
      if (row === undefined) return undefined;
      rows.keep(row);
      idOfTuple.set(key, row.id);
      return row;
    },
    byId: rows.byId,
    byValue: rows.byValue,
    activeByValue(value) {
      const known = rows.known(value);
      if (known !== undefined) return known.state === 'ACTIVE' ? known : undefined;
      const id = rows.idOf(value);
      reads.begin();
      const [active, digest] = (id === undefined ? undefined : selectToCompare.get(id)) ?? [];
      if (id === undefined || digest === undefined || !sealer.matches(value, digest) || active === 0) return undefined;
      const row = rows.byId(id);
      if (row !== undefined) rows.keep(row, value);
      return row;
    },
    nextId: ids.next,
    insert({ reason, ...token }, sign) {
      mustBeInTransaction(context);
      const id = ids.take();
      const { value, sealed, digest, persistence } = rows.mint(id, sign);
      insertRow.run(
        id,
        token.keySetId,
        token.userId,
        userTypeCodes[token.userType],
        scopeSets.take(token.scope),
        token.bindingRef,
        token.issuedAtMs,
        token.validityMs,
        grantCodes[token.grantType],
        token.refreshTokenId,
        sealed,
        digest,
        storedReason(reason),
        storedFormat(token.format),
      );
      const row: TokenRow = { ...token, id, state: 'ACTIVE', stateId: 'NONE', persistence };
      // The next request is likely to present the new token.
      commit.afterCommit(() => {
        rows.keep(row, value);
        idOfTuple.set(tupleKey(row), id);
      });
      return { row, accessToken: value };
    },
    reveal: rows.reveal,
    retire(retirements) {
      mustBeInTransaction(context);
      for (const retirement of retirements) {
        rows.forget(retirement.tokenId);
        const historyId = history.add(retirement.tokenId, retirement, retirement);
        updateState.run(stateCodes[retirement.state], historyId, retirement.tokenId);
      }
    },
    setValidity(id, validityMs, at) {
      mustBeInTransaction(context);
      rows.forget(id);
      const historyId = history.add(id, at, null);
      updateValidity.run(validityMs, historyId, id);
    },
    countReuse: reuses.count,
    reuses: reuses.of,
    history: history.list,
    purge(tokenIds) {
      mustBeInTransaction(context);
      for (const id of tokenIds) {
        rows.forget(id);
        rows.forgetValue(id);
      }
      for (const id of purge(tokenIds)) refreshTokens.forget(id);
    },
    dropUnusedScopeSets() {
      mustBeInTransaction(context);
      return scopeSets.dropUnused();
    },
    dropValues() {
      mustBeInTransaction(context);
      const { access, refresh, done } = valueDeletion.step();
      for (const id of access) rows.forget(id);
      for (const id of refresh) refreshTokens.forget(id);
      return done;
    },
  };
}
