import type { Migration } from '../database/migration.ts';

/** Everything Keyfob 0.1 keeps. Times ending in `_ms` are milliseconds since 1970; sealed values are BLOBs of the vault. */
export const firstTables: Migration = {
  number: 1,
  up(db) {
    db.exec(`
CREATE TABLE users (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 190),
  name_lower TEXT NOT NULL CHECK (length(name_lower) BETWEEN 1 AND 400),
  user_store TEXT NOT NULL CHECK (length(user_store) BETWEEN 1 AND 50),
  tenant_domain TEXT NOT NULL CHECK (length(tenant_domain) BETWEEN 1 AND 190),
  roles TEXT NOT NULL CHECK (json_valid(roles) AND json_type(roles) = 'array'),
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  password BLOB,
  password_digest BLOB CHECK (length(password_digest) = 32),
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER,
  CHECK ((password IS NULL) = (password_digest IS NULL)),
  CHECK (deleted_at_ms IS NULL OR password IS NULL)
) STRICT;
CREATE UNIQUE INDEX users_living ON users (name_lower, user_store, tenant_domain) WHERE deleted_at_ms IS NULL;

CREATE TABLE applications (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  owner_id INTEGER NOT NULL REFERENCES users (id),
  description TEXT NOT NULL CHECK (length(description) <= 1000),
  tier TEXT NOT NULL CHECK (length(tier) BETWEEN 1 AND 50),
  created_at_ms INTEGER NOT NULL,
  deleted_at_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX applications_living ON applications (name, owner_id) WHERE deleted_at_ms IS NULL;

CREATE TABLE key_sets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application_id INTEGER NOT NULL REFERENCES applications (id),
  key_type TEXT NOT NULL CHECK (key_type IN ('PRODUCTION', 'SANDBOX')),
  consumer_key TEXT NOT NULL UNIQUE
    CHECK (length(consumer_key) BETWEEN 15 AND 30 AND consumer_key NOT GLOB '*[^A-Za-z0-9_]*'),
  consumer_secret BLOB NOT NULL,
  consumer_secret_digest BLOB NOT NULL CHECK (length(consumer_secret_digest) = 32),
  state TEXT NOT NULL CHECK (state IN ('ACTIVE', 'REVOKED')),
  grant_types TEXT NOT NULL CHECK (json_valid(grant_types) AND json_type(grant_types) = 'array'),
  callback_url TEXT NOT NULL CHECK (length(callback_url) <= 1024),
  issue_behaviour TEXT NOT NULL CHECK (issue_behaviour IN ('reuse', 'renew', 'multiple')),
  application_token_validity_seconds INTEGER NOT NULL CHECK (application_token_validity_seconds <> 0),
  user_token_validity_seconds INTEGER NOT NULL CHECK (user_token_validity_seconds <> 0),
  refresh_token_validity_seconds INTEGER NOT NULL CHECK (refresh_token_validity_seconds <> 0),
  allowed_origins TEXT NOT NULL CHECK (json_valid(allowed_origins) AND json_type(allowed_origins) = 'array'),
  created_at_ms INTEGER NOT NULL,
  UNIQUE (application_id, key_type)
) STRICT;

CREATE TABLE scopes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 60 AND name NOT GLOB '* *'),
  description TEXT NOT NULL CHECK (length(description) <= 1000),
  roles TEXT NOT NULL CHECK (json_valid(roles) AND json_type(roles) = 'array')
) STRICT;

-- refresh_token_id, and refresh_tokens.token_id the other way, are no declared foreign keys: each deletion of the row
-- referred to would scan the other table, which has no index to find its children by. The purge deletes both together.
-- No CHECK with a long IN (...): SQLite builds a table for each, at each insert.
-- history_id is the newest entry of the token's history, which is a chain: found without an index that inserts would pay.
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_set_id INTEGER NOT NULL REFERENCES key_sets (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  for_user INTEGER NOT NULL CHECK (for_user IN (0, 1)),
  scope_hash BLOB NOT NULL CHECK (length(scope_hash) = 16),
  binding_ref TEXT NOT NULL CHECK (length(binding_ref) BETWEEN 1 AND 36),
  state TEXT NOT NULL CHECK (state = 'ACTIVE' OR state = 'INACTIVE' OR state = 'EXPIRED' OR state = 'REVOKED'),
  state_id TEXT NOT NULL CHECK (state_id = 'NONE' OR length(state_id) = 36),
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL,
  grant_type TEXT NOT NULL CHECK (grant_type = 'password' OR grant_type = 'client_credentials'
    OR grant_type = 'refresh_token' OR grant_type = 'authorization_code'),
  refresh_token_id INTEGER,
  history_id INTEGER,
  scope TEXT NOT NULL CHECK (length(scope) BETWEEN 1 AND 4096),
  access_token BLOB NOT NULL,
  access_token_digest BLOB NOT NULL CHECK (length(access_token_digest) = 32),
  reason TEXT NOT NULL,
  CHECK ((state = 'ACTIVE') = (state_id = 'NONE'))
) STRICT;
-- At most one ACTIVE row for each tuple (reference 1.2). Narrow, and over live rows only: inserts pay for its size.
CREATE UNIQUE INDEX tokens_active ON tokens (key_set_id, user_id, for_user, scope_hash, binding_ref)
  WHERE state = 'ACTIVE';
-- Paid for only when a token expires.
CREATE INDEX tokens_expired ON tokens (user_id, key_set_id, for_user, scope_hash) WHERE state = 'EXPIRED';
-- Grows at the end of each key set's part, so it is no random index. What follows the id saves reading the rows of
-- other tuples.
CREATE INDEX tokens_by_key_set ON tokens (key_set_id, id, user_id, for_user, scope_hash);

-- key_set_id is no declared foreign key: the purge finds these rows through their tokens, so no index is paid for.
CREATE TABLE refresh_tokens (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_set_id INTEGER NOT NULL,
  token_id INTEGER NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL,
  refresh_token BLOB NOT NULL,
  refresh_token_digest BLOB NOT NULL CHECK (length(refresh_token_digest) = 32)
) STRICT;

CREATE TABLE token_history (
  id INTEGER PRIMARY KEY,
  previous_id INTEGER,
  token_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'ACTIVE' OR state = 'INACTIVE' OR state = 'EXPIRED' OR state = 'REVOKED'),
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE token_reuses (
  token_id INTEGER PRIMARY KEY,
  count INTEGER NOT NULL CHECK (count > 0),
  last_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE certificates (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('ca', 'leaf')),
  certificate TEXT NOT NULL,
  private_key BLOB NOT NULL,
  names TEXT NOT NULL CHECK (json_valid(names) AND json_type(names) = 'array'),
  not_after_ms INTEGER NOT NULL
) STRICT;
`);
  },
};
