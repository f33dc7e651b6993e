import type { Migration } from './migration.ts';

/** The schema of the first release. Columns that end in `_ms` hold milliseconds since 1970. BLOBs hold digests and sealed values. */
export const firstSchema: Migration = {
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

-- tokens.refresh_token_id and refresh_tokens.token_id are not declared as foreign keys. Deleting a parent row would scan
-- the child table, which has no index on that column. The purge deletes both rows together.
-- A CHECK with a long IN (...) builds a temporary table at each insert, so long lists are written with OR.
-- Ids are counted by the program. AUTOINCREMENT would write to its own table at each insert.
-- Retiring a token rewrites its row. A row that grows would no longer fit its page, and SQLite would move its neighbours.
-- So the state id is in token_history, and the default of history_id (-2^40) is as long as any later id.
-- history_id is the newest entry in the token's history. Entries form a chain, so inserts pay for no index.
CREATE TABLE tokens (
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
-- At most one ACTIVE row per tuple (reference 1.2). It covers live rows only, as inserts pay for its size.
CREATE UNIQUE INDEX tokens_active ON tokens (key_set_id, user_id, for_user, scope_hash, binding_ref)
  WHERE state = 'ACTIVE';
-- Written only when a token expires.
CREATE INDEX tokens_expired ON tokens (user_id, key_set_id, for_user, scope_hash) WHERE state = 'EXPIRED';
-- Grows at the end of each key set's range, so inserts are not random. The columns after the id let a search by
-- tuple use this index alone.
CREATE INDEX tokens_by_key_set ON tokens (key_set_id, id, user_id, for_user, scope_hash);

-- key_set_id is not declared as a foreign key. The purge finds these rows through their tokens, so no index is needed.
CREATE TABLE refresh_tokens (
  id INTEGER PRIMARY KEY,
  key_set_id INTEGER NOT NULL,
  token_id INTEGER NOT NULL,
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL,
  refresh_token BLOB NOT NULL,
  refresh_token_digest BLOB NOT NULL CHECK (length(refresh_token_digest) = 32)
) STRICT;

-- The highest id that ever existed in a table without AUTOINCREMENT. The purge writes it before it deletes rows.
CREATE TABLE row_ids (
  table_name TEXT PRIMARY KEY,
  last_id INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- at_ms is token time, which the clock offset moves; real_at_ms is real time.
CREATE TABLE token_history (
  id INTEGER PRIMARY KEY,
  previous_id INTEGER,
  token_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state = 'ACTIVE' OR state = 'INACTIVE' OR state = 'EXPIRED' OR state = 'REVOKED'),
  reason TEXT NOT NULL,
  state_id TEXT CHECK (length(state_id) = 36),
  real_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE token_reuses (
  token_id INTEGER PRIMARY KEY,
  count INTEGER NOT NULL CHECK (count > 0),
  last_at_ms INTEGER NOT NULL
) STRICT;

-- Values from another installation do not carry a row id of this one, so they are found by digest. In a table of their
-- own, so that tokens issued here do not pay for it.
CREATE TABLE imported_values (
  kind TEXT NOT NULL CHECK (kind = 'access' OR kind = 'refresh'),
  row_id INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_values_digest ON imported_values (digest, kind);

-- Progress of deleting sealed token values: up to which row id, and whether a VACUUM has yet to remove their bytes.
CREATE TABLE deleted_values (
  table_name TEXT PRIMARY KEY CHECK (table_name = 'tokens' OR table_name = 'refresh_tokens'),
  last_id INTEGER NOT NULL,
  vacuum_pending INTEGER NOT NULL CHECK (vacuum_pending IN (0, 1))
) STRICT, WITHOUT ROWID;

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

-- The vault that seals the values of this database: one row, written when that vault is first opened.
CREATE TABLE vault_binding (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  installation_id TEXT NOT NULL,
  key_check TEXT NOT NULL
) STRICT;
`);
  },
};
