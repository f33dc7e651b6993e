import type { Migration } from './migration.ts';

/** Signing keys with an algorithm and a life, and tokens that are JWTs. */
export const jwtTokensSchema: Migration = {
  number: 4,
  up(db) {
    db.exec(`
-- A key signs until it is retired. needed_until_seconds is token time: the latest expiry of its signatures.
ALTER TABLE signing_keys ADD COLUMN algorithm TEXT NOT NULL DEFAULT 'RS256' CHECK (algorithm IN ('ES256', 'RS256'));
ALTER TABLE signing_keys ADD COLUMN created_at_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE signing_keys ADD COLUMN retired_at_ms INTEGER;
ALTER TABLE signing_keys ADD COLUMN needed_until_seconds INTEGER NOT NULL DEFAULT 0;

ALTER TABLE key_sets ADD COLUMN token_format TEXT NOT NULL DEFAULT 'opaque'
  CHECK (token_format IN ('opaque', 'apim26', 'apim32', 'apim42', 'rfc9068'));
-- NULL: opaque, which is most tokens and so takes no room.
ALTER TABLE tokens ADD COLUMN format TEXT
  CHECK (format = 'apim26' OR format = 'apim32' OR format = 'apim42' OR format = 'rfc9068');
`);
    db.prepare('UPDATE signing_keys SET created_at_ms = ?').run(Date.now());
  },
};
