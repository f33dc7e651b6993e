import type { Migration } from '../database/migration.ts';

/**
 * Retiring a token rewrites its row; a row that grows by that no longer fits its page, and SQLite then moves its
 * neighbours. So the state id lies with the history, and a row without history has as much room for its id as one with.
 * Ids of tokens are counted by the program: AUTOINCREMENT would write its own table at each insert. What a purge deletes
 * is remembered in `row_ids`.
 */
export const rowsThatDoNotGrow: Migration = {
  number: 2,
  up(db) {
    db.exec(`
CREATE TABLE row_ids (
  table_name TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO row_ids SELECT name, seq FROM sqlite_sequence WHERE name IN ('tokens', 'refresh_tokens');

ALTER TABLE token_history ADD COLUMN state_id TEXT CHECK (length(state_id) = 36);
UPDATE token_history SET state_id = nullif(tokens.state_id, 'NONE') FROM tokens
  WHERE tokens.history_id = token_history.id;

-- history_id: -2^40 while there is no history, which takes as many bytes as any id to come.
CREATE TABLE new_tokens (
  id INTEGER PRIMARY KEY,
  key_set_id INTEGER NOT NULL REFERENCES key_sets (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  for_user INTEGER NOT NULL CHECK (for_user IN (0, 1)),
  scope_hash BLOB NOT NULL CHECK (length(scope_hash) = 16),
  binding_ref TEXT NOT NULL CHECK (length(binding_ref) BETWEEN 1 AND 36),
  state TEXT NOT NULL CHECK (state = 'ACTIVE' OR state = 'INACTIVE' OR state = 'EXPIRED' OR state = 'REVOKED'),
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL,
  grant_type TEXT NOT NULL CHECK (grant_type = 'password' OR grant_type = 'client_credentials'
    OR grant_type = 'refresh_token' OR grant_type = 'authorization_code'),
  refresh_token_id INTEGER,
  history_id INTEGER NOT NULL DEFAULT -1099511627776,
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 4096),
  access_token BLOB NOT NULL,
  access_token_digest BLOB NOT NULL CHECK (length(access_token_digest) = 32),
  reason TEXT NOT NULL,
  CHECK (state = 'ACTIVE' OR history_id > 0)
) STRICT;
INSERT INTO new_tokens SELECT id, key_set_id, user_id, for_user, scope_hash, binding_ref, state, issued_at_ms,
  validity_ms, grant_type, refresh_token_id, ifnull(history_id, -1099511627776), scope, access_token,
  access_token_digest, reason FROM tokens;
DROP TABLE tokens;
ALTER TABLE new_tokens RENAME TO tokens;
CREATE UNIQUE INDEX tokens_active ON tokens (key_set_id, user_id, for_user, scope_hash, binding_ref)
  WHERE state = 'ACTIVE';
CREATE INDEX tokens_expired ON tokens (user_id, key_set_id, for_user, scope_hash) WHERE state = 'EXPIRED';
CREATE INDEX tokens_by_key_set ON tokens (key_set_id, id, user_id, for_user, scope_hash);

CREATE TABLE new_refresh_tokens (
  id INTEGER PRIMARY KEY,
  key_set_id INTEGER NOT NULL,
  token_id INTEGER NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL,
  refresh_token BLOB NOT NULL,
  refresh_token_digest BLOB NOT NULL CHECK (length(refresh_token_digest) = 32)
) STRICT;
INSERT INTO new_refresh_tokens SELECT * FROM refresh_tokens;
DROP TABLE refresh_tokens;
ALTER TABLE new_refresh_tokens RENAME TO refresh_tokens;
`);
  },
};
