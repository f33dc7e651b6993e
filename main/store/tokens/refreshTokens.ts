import type { RefreshTokenRow, SignInOfToken } from '../../engine/ports/store/refreshTokens.ts';
import type { Store } from '../../engine/ports/store/store.ts';
import { type Context, mustBeInTransaction, type RowIds } from '../context.ts';
import type { ImportedValues } from './importedValues.ts';
import { createTokenValueRows, persistenceColumn } from './tokenValueRows.ts';

const columns = `id, key_set_id AS keySetId, token_id AS tokenId, issued_at_ms AS issuedAtMs,
  validity_ms AS validityMs, auth_time_ms AS authTimeMs, session_id AS sessionId, ${persistenceColumn('refresh_token')}`;

const noSignIn: SignInOfToken = { authTimeMs: null, sessionId: null };

export interface RefreshTokens {
  readonly store: Store['refreshTokens'];
  /** Call before a row is changed or deleted. */
  forget(id: number): void;
}

/** `tokenIds` are the ids of access tokens: a new refresh token names the next access token. */
export function createRefreshTokens(
  context: Context,
  ids: RowIds,
  tokenIds: RowIds,
  imported: ImportedValues,
): RefreshTokens {
  const { db } = context;
  const rows = createTokenValueRows<RefreshTokenRow>(context, 'refresh', columns, imported);
  /** The newest row and the access token it names. If that one is attached, no update is needed. */
  let newest = { id: 0, tokenId: 0 };

  const insertRow = db.prepare<
    [number, number, number, number, number, Uint8Array, Uint8Array, number | null, string | null]
  >(
    `INSERT INTO refresh_tokens (id, key_set_id, token_id, issued_at_ms, validity_ms, refresh_token,
      refresh_token_digest, auth_time_ms, session_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateSignIn = db.prepare<[number | null, string | null, number]>(
    'UPDATE refresh_tokens SET auth_time_ms = ?, session_id = ? WHERE id = ?',
  );
  const updateTokenId = db.prepare<[number, number]>('UPDATE refresh_tokens SET token_id = ? WHERE id = ?');

  const store: Store['refreshTokens'] = {
    byId: rows.byId,
    byValue: rows.byValue,
    insert({ keySetId, issuedAtMs, validityMs }, { authTimeMs, sessionId } = noSignIn) {
      mustBeInTransaction(context);
      const id = ids.take();
      const { value, sealed, digest } = rows.mint(id);
      newest = { id, tokenId: tokenIds.next() };
      insertRow.run(id, keySetId, newest.tokenId, issuedAtMs, validityMs, sealed, digest, authTimeMs, sessionId);
      return { row: { id }, refreshToken: value };
    },
    noteSignIn(id, { authTimeMs, sessionId }) {
      mustBeInTransaction(context);
      rows.forget(id);
      updateSignIn.run(authTimeMs, sessionId, id);
    },
    attach(id, tokenId) {
      mustBeInTransaction(context);
      if (newest.id === id && newest.tokenId === tokenId) return;
      newest = { id: 0, tokenId: 0 };
      rows.forget(id);
      updateTokenId.run(tokenId, id);
    },
    reveal: rows.reveal,
  };
  return {
    store,
    forget(id) {
      rows.forget(id);
      rows.forgetValue(id);
    },
  };
}
