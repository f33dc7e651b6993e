import type { Store } from '../engine/ports/store/store.ts';
import { type Context, mustBeInTransaction, type RowIds } from './context.ts';
import { grantCodes, stateCodes, userTypeCodes, uuidBytes } from './tokens/codes.ts';
import type { ImportedValues } from './tokens/importedValues.ts';
import type { ScopeSets } from './tokens/scopeSets.ts';
import { storedReason } from './tokens/storedReason.ts';
import { noHistory, storedRealTime } from './tokens/tokenHistory.ts';
import { storedFormat } from './tokens/tokenLists.ts';
import { storedValue } from './tokens/tokenValueRows.ts';

/** Writes tokens of another installation. They are not cached, as they are not live yet. */
export function createBackup(
  context: Context,
  ids: { readonly access: RowIds; readonly refresh: RowIds },
  { imported, scopeSets }: { readonly imported: ImportedValues; readonly scopeSets: Pick<ScopeSets, 'take'> },
): Store['backup'] {
  const { db } = context;
  const insertTokenRow = db.prepare(
    `INSERT INTO tokens (id, key_set_id, user_id, for_user, scope_set_id, binding_ref, state, issued_at_ms, validity_ms,
      grant_type, refresh_token_id, history_id, access_token, access_token_digest, reason, format)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertRefreshRow = db.prepare(
    `INSERT INTO refresh_tokens (id, key_set_id, token_id, issued_at_ms, validity_ms, auth_time_ms, session_id,
      refresh_token, refresh_token_digest)
    VALUES (@id, @keySetId, @tokenId, @issuedAtMs, @validityMs, @authTimeMs, @sessionId, @sealed, @digest)`,
  );
  const insertHistory = db.prepare<[number | null, number, number, number | null, number, string | null, string]>(
    `INSERT INTO token_history (previous_id, token_id, at_ms, real_at_ms, state, state_id, reason)
    VALUES (?, ?, ?, ?, ?, ${uuidBytes}, ?)`,
  );
  const insertReuses = db.prepare<[number, number, number]>(
    'INSERT INTO token_reuses (token_id, count, last_at_ms) VALUES (?, ?, ?)',
  );

  return {
    takeId: (kind) => ids[kind].take(),
    insertRefreshToken(row, value) {
      mustBeInTransaction(context);
      const { sealed, digest } = storedValue(context, value, 'refresh_tokens.refresh_token', row.id);
      insertRefreshRow.run({ ...row, sealed, digest });
      imported.insert('refresh', row.id, digest);
    },
    insertToken(row, { value, reason, history, realTimeMs, reuses }) {
      mustBeInTransaction(context);
      let historyId: number | null = null;
      for (const entry of history) {
        const stateId = entry.state === 'ACTIVE' ? null : row.stateId;
        const times = [entry.atMs, storedRealTime(entry.atMs, realTimeMs)] as const;
        const state = stateCodes[entry.state];
        const text = storedReason(entry.reason, row.id);
        const { lastInsertRowid } = insertHistory.run(historyId, row.id, ...times, state, stateId, text);
        historyId = Number(lastInsertRowid);
      }
      const { sealed, digest } = storedValue(context, value, 'tokens.access_token', row.id);
      insertTokenRow.run(
        row.id,
        row.keySetId,
        row.userId,
        userTypeCodes[row.userType],
        scopeSets.take(row.scope),
        row.bindingRef,
        stateCodes[row.state],
        row.issuedAtMs,
        row.validityMs,
        grantCodes[row.grantType],
        row.refreshTokenId,
        historyId ?? noHistory,
        sealed,
        digest,
        storedReason(reason),
        storedFormat(row.format),
      );
      imported.insert('access', row.id, digest);
      if (reuses !== undefined) insertReuses.run(row.id, reuses.count, reuses.lastAtMs);
    },
    dropCaches: () => context.caches.drop(),
  };
}
