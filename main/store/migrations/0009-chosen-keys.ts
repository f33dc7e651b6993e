import type { Migration } from './migration.ts';

/** Consumer keys that somebody chose: shorter and longer ones, with more characters. */
export const chosenKeysSchema: Migration = {
  number: 9,
  up(db) {
    db.exec(`
-- Rebuilt for its last check, on the form of keys without a server. Columns are as before.
CREATE TABLE new_key_sets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application_id INTEGER NOT NULL REFERENCES applications (id),
  key_type TEXT NOT NULL CHECK (key_type IN ('PRODUCTION', 'SANDBOX')),
  consumer_key TEXT NOT NULL UNIQUE CHECK (length(consumer_key) BETWEEN 1 AND 512),
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
  token_format TEXT NOT NULL DEFAULT 'opaque'
    CHECK (token_format IN ('opaque', 'apim26', 'apim32', 'apim42', 'rfc9068')),
  public_client INTEGER NOT NULL DEFAULT 0 CHECK (public_client IN (0, 1)),
  pkce TEXT NOT NULL DEFAULT 'optional' CHECK (pkce IN ('optional', 'required')),
  pkce_plain INTEGER NOT NULL DEFAULT 0 CHECK (pkce_plain IN (0, 1)),
  -- NULL: generated here.
  server TEXT CHECK (json_valid(server) AND json_type(server) = 'object'),
  served_here INTEGER NOT NULL DEFAULT 1 CHECK (served_here IN (0, 1)),
  UNIQUE (application_id, key_type),
  CHECK (server IS NOT NULL OR (served_here = 1
    AND length(consumer_key) <= 255 AND consumer_key NOT GLOB '*[^A-Za-z0-9_.~-]*'))
) STRICT;
INSERT INTO new_key_sets SELECT * FROM key_sets;
-- Ids are never used twice, even when the newest rows were deleted.
DELETE FROM sqlite_sequence WHERE name = 'new_key_sets';
INSERT INTO sqlite_sequence (name, seq) SELECT 'new_key_sets', seq FROM sqlite_sequence WHERE name = 'key_sets';
DROP TABLE key_sets;
ALTER TABLE new_key_sets RENAME TO key_sets;
`);
  },
};
