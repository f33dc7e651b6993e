import type { Migration } from './migration.ts';

/** Authorization codes, remembered consents, and the fields of key sets that both need. */
export const authorizationSchema: Migration = {
  number: 5,
  up(db) {
    db.exec(`
ALTER TABLE key_sets ADD COLUMN public_client INTEGER NOT NULL DEFAULT 0 CHECK (public_client IN (0, 1));
ALTER TABLE key_sets ADD COLUMN pkce TEXT NOT NULL DEFAULT 'optional' CHECK (pkce IN ('optional', 'required'));
ALTER TABLE key_sets ADD COLUMN pkce_plain INTEGER NOT NULL DEFAULT 0 CHECK (pkce_plain IN (0, 1));

-- Only the digest of a code is stored: nobody needs its value again. token_id is not declared as a foreign key, because
-- a purge would scan this table for each token.
CREATE TABLE authorization_codes (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_set_id INTEGER NOT NULL REFERENCES key_sets (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  state TEXT NOT NULL CHECK (state IN ('ACTIVE', 'INACTIVE', 'EXPIRED', 'REVOKED')),
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL CHECK (validity_ms > 0),
  redirect_uri TEXT NOT NULL CHECK (length(redirect_uri) BETWEEN 1 AND 2048),
  scope TEXT NOT NULL CHECK (length(scope) <= 2048),
  code_challenge TEXT CHECK (length(code_challenge) BETWEEN 43 AND 128),
  code_challenge_method TEXT CHECK (code_challenge_method IN ('plain', 'S256')),
  nonce TEXT CHECK (length(nonce) <= 2048),
  auth_time_ms INTEGER NOT NULL,
  token_id INTEGER,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  CHECK ((code_challenge IS NULL) = (code_challenge_method IS NULL))
) STRICT;
CREATE INDEX authorization_codes_by_key_set ON authorization_codes (key_set_id);
CREATE INDEX authorization_codes_pending ON authorization_codes (user_id) WHERE state = 'ACTIVE';

-- The scopes that a user approved for good. A refusal removes the row.
CREATE TABLE consents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key_set_id INTEGER NOT NULL REFERENCES key_sets (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  scope TEXT NOT NULL,
  approved_at_ms INTEGER NOT NULL,
  UNIQUE (key_set_id, user_id)
) STRICT;
`);
  },
};
