import type { Migration } from './migration.ts';

/** The rules of reasons, by the number that this version stores. */
const rules =
  `reused issued_first issued_after_expiry issued_refresh_token_dead issued_never_expiring_renewed issued_renew
  issued_multiple issued_new_jwt issued_format_changed issued_value_not_kept issued_regenerated refreshed retired_expired
  retired_refreshed retired_collided retired_renewed retired_regenerated retired_value_not_kept retired_format_changed
  retired_revoked retired_user_deleted retired_user_disabled retired_password_changed retired_secret_regenerated
  retired_keys_revoked retired_code_replayed retired_consent_withdrawn expiry_set refused_request refused_client
  refused_grant refused_scope`.split(/\s+/);

interface LongReason {
  readonly rule: string;
  readonly candidate?: {
    tokenId: number;
    state: string;
    secondsLeft: number | null;
    refreshSecondsLeft?: number | null;
  };
  readonly otherTokenId?: number;
  readonly [other: string]: unknown;
}

/**
 * JSON values without their brackets: the number of the rule, the other token (0: none), the milliseconds left of the candidate and
 * of its refresh token (null: never expires), and an object with other members. `tokenId` is the token of an entry in a history. A
 * damaged reason becomes an empty text, which is damaged as well.
 */
function shortReason(json: unknown, tokenId: unknown): string {
  try {
    const { rule, atMs: _, tuple: __, candidate, otherTokenId = 0, ...rest }: LongReason = JSON.parse(String(json));
    const isKnown = candidate?.tokenId === (tokenId ?? otherTokenId) && candidate?.state === 'ACTIVE';
    const { secondsLeft, refreshSecondsLeft } = isKnown ? candidate : {};
    const left = [secondsLeft, refreshSecondsLeft].filter((seconds) => seconds !== undefined);
    const others = isKnown || candidate === undefined ? rest : { candidate, ...rest };
    const parts = [
      rules.indexOf(rule),
      ...(otherTokenId > 0 || left.length > 0 ? [otherTokenId] : []),
      ...left.map((seconds) => seconds && Math.round(seconds * 1000)),
      ...(Object.keys(others).length > 0 ? [others] : []),
    ];
    return JSON.stringify(parts).slice(1, -1);
  } catch {
    return '';
  }
}

/** Rows of tokens that do not repeat themselves: scope sets by id, words as small integers, reasons without what the row says. */
export const rowDiet: Migration = {
  number: 10,
  up(db) {
    db.function('short_reason', shortReason);
    db.exec(`
-- A normalised scope text. tokens.scope_set_id is not declared as a foreign key, as deleting a set would scan all tokens.
CREATE TABLE scope_sets (
  id INTEGER PRIMARY KEY,
  scope TEXT NOT NULL UNIQUE CHECK (length(scope) BETWEEN 1 AND 4096)
) STRICT;
INSERT INTO scope_sets (scope) SELECT scope FROM tokens GROUP BY scope ORDER BY min(id);

-- Rebuilt. for_user: 1 for user tokens. state: 2 ACTIVE, 3 INACTIVE, 4 EXPIRED, 5 REVOKED, all of one length.
-- grant_type: 0 password, 1 client_credentials, 2 refresh_token, 3 authorization_code. reason: see shortReason.
-- The default of history_id (-2^31) is as long as any later id. Other columns are as before.
CREATE TABLE new_tokens (
  id INTEGER PRIMARY KEY,
  key_set_id INTEGER NOT NULL REFERENCES key_sets (id),
  user_id INTEGER NOT NULL REFERENCES users (id),
  for_user INTEGER NOT NULL CHECK (for_user IN (0, 1)),
  scope_set_id INTEGER NOT NULL,
  binding_ref TEXT NOT NULL CHECK (length(binding_ref) BETWEEN 1 AND 36),
  state INTEGER NOT NULL CHECK (state BETWEEN 2 AND 5),
  issued_at_ms INTEGER NOT NULL,
  validity_ms INTEGER NOT NULL,
  grant_type INTEGER NOT NULL CHECK (grant_type BETWEEN 0 AND 3),
  refresh_token_id INTEGER,
  history_id INTEGER NOT NULL DEFAULT -2147483648,
  access_token BLOB NOT NULL,
  access_token_digest BLOB NOT NULL CHECK (length(access_token_digest) = 32),
  reason TEXT NOT NULL,
  format TEXT CHECK (format = 'apim26' OR format = 'apim32' OR format = 'apim42' OR format = 'rfc9068'),
  CHECK (state = 2 OR history_id > 0)
) STRICT;
INSERT INTO new_tokens SELECT id, key_set_id, user_id, for_user,
  (SELECT id FROM scope_sets WHERE scope_sets.scope = tokens.scope), binding_ref,
  CASE state WHEN 'ACTIVE' THEN 2 WHEN 'INACTIVE' THEN 3 WHEN 'EXPIRED' THEN 4 WHEN 'REVOKED' THEN 5 END,
  issued_at_ms, validity_ms,
  CASE grant_type WHEN 'password' THEN 0 WHEN 'client_credentials' THEN 1 WHEN 'refresh_token' THEN 2
    WHEN 'authorization_code' THEN 3 END,
  refresh_token_id, max(history_id, -2147483648), access_token, access_token_digest, short_reason(reason, NULL), format
  FROM tokens ORDER BY id;
DROP TABLE tokens;
ALTER TABLE new_tokens RENAME TO tokens;
CREATE UNIQUE INDEX tokens_active ON tokens (key_set_id, user_id, for_user, scope_set_id, binding_ref) WHERE state = 2;
CREATE INDEX tokens_expired ON tokens (user_id, key_set_id, for_user, scope_set_id) WHERE state = 4;
CREATE INDEX tokens_by_key_set ON tokens (key_set_id, id, user_id, for_user, scope_set_id);

-- Rebuilt. previous_id is NULL for the first entry. real_at_ms is NULL where it is at_ms. state_id: the bytes of a UUID.
CREATE TABLE new_token_history (
  id INTEGER PRIMARY KEY,
  previous_id INTEGER,
  token_id INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  state INTEGER NOT NULL CHECK (state BETWEEN 2 AND 5),
  reason TEXT NOT NULL,
  state_id BLOB CHECK (length(state_id) = 16),
  real_at_ms INTEGER
) STRICT;
INSERT INTO new_token_history SELECT id, iif(previous_id > 0, previous_id, NULL), token_id, at_ms,
  CASE state WHEN 'ACTIVE' THEN 2 WHEN 'INACTIVE' THEN 3 WHEN 'EXPIRED' THEN 4 WHEN 'REVOKED' THEN 5 END,
  short_reason(reason, token_id), unhex(replace(state_id, '-', '')), nullif(real_at_ms, at_ms)
  FROM token_history ORDER BY id;
DROP TABLE token_history;
ALTER TABLE new_token_history RENAME TO token_history;
`);
  },
};
