import type { Database } from 'better-sqlite3';
import type { AuthorizationCodeRow, CodeChallenge } from '../engine/ports/store/authorizationCodes.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, createRowIds, mustBeInTransaction } from './context.ts';

interface CodeRecord extends Omit<AuthorizationCodeRow, 'challenge'> {
  readonly challenge: string | null;
  readonly method: CodeChallenge['method'] | null;
  readonly digest: Uint8Array;
}

/** A replay is recognised for this long. Each insert deletes a few older rows. */
const keptMs = 30 * 86_400_000;

const parse = ({ challenge, method, digest: _, ...row }: CodeRecord): AuthorizationCodeRow => ({
  ...row,
  challenge: challenge === null || method === null ? null : { value: challenge, method },
});

function prepareStatements(db: Database) {
  const selectById = db.prepare<[number], CodeRecord>(
    `SELECT id, key_set_id AS keySetId, user_id AS userId, state, issued_at_ms AS issuedAtMs, validity_ms AS validityMs,
      redirect_uri AS redirectUri, scope, code_challenge AS challenge, code_challenge_method AS method, nonce,
      auth_time_ms AS authTimeMs, session_id AS sessionId, token_id AS tokenId, digest FROM authorization_codes WHERE id = ?`,
  );
  const insertRow = db.prepare(
    `INSERT INTO authorization_codes (id, key_set_id, user_id, state, issued_at_ms, validity_ms, redirect_uri, scope,
      code_challenge, code_challenge_method, nonce, auth_time_ms, session_id, digest)
    VALUES (@id, @keySetId, @userId, 'ACTIVE', @issuedAtMs, @validityMs, @redirectUri, @scope, @challenge, @method, @nonce,
      @authTimeMs, @sessionId, @digest)`,
  );
  const deleteOld = db.prepare<[number]>(
    `DELETE FROM authorization_codes WHERE issued_at_ms < ?
    AND id IN (SELECT id FROM authorization_codes ORDER BY id LIMIT 10)`,
  );
  const updateState = db.prepare<[string, number | null, number]>(
    'UPDATE authorization_codes SET state = ?, token_id = ? WHERE id = ?',
  );
  const revokeOfUser = db.prepare<[number]>(
    "UPDATE authorization_codes SET state = 'REVOKED' WHERE user_id = ? AND state = 'ACTIVE'",
  );
  const revokeOfKeySet = db.prepare<[number]>(
    "UPDATE authorization_codes SET state = 'REVOKED' WHERE key_set_id = ? AND state = 'ACTIVE'",
  );
  return { selectById, insertRow, deleteOld, updateState, revokeOfUser, revokeOfKeySet };
}

/** The authorization codes in the database, as digests. A value carries its row id, as token values do. */
export function createAuthorizationCodes(context: Context): Store['authorizationCodes'] {
  const { db, sealer } = context;
  const ids = createRowIds(db, 'authorization_codes');
  const { selectById, insertRow, deleteOld, updateState, revokeOfUser, revokeOfKeySet } = prepareStatements(db);
  return {
    byValue(code) {
      const id = sealer.rowIdOf('code', code);
      const record = id === undefined ? undefined : selectById.get(id);
      return record !== undefined && sealer.matches(code, record.digest) ? parse(record) : undefined;
    },
    insert({ challenge, ...row }) {
      mustBeInTransaction(context);
      deleteOld.run(row.issuedAtMs - keptMs);
      const id = ids.take();
      const code = sealer.mintTokenValue('code', id);
      const { value = null, method = null } = challenge ?? {};
      insertRow.run({ ...row, id, challenge: value, method, digest: sealer.digest(code) });
      return code;
    },
    retire(id, state, tokenId) {
      mustBeInTransaction(context);
      updateState.run(state, tokenId, id);
    },
    revokePending(of) {
      mustBeInTransaction(context);
      if ('userId' in of) revokeOfUser.run(of.userId);
      else revokeOfKeySet.run(of.keySetId);
    },
  };
}
