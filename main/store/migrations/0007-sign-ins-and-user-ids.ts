import type { Migration } from './migration.ts';

/** The sign-in behind codes and refresh tokens, for ID tokens, and an id of each user for `sub`. */
export const signInsSchema: Migration = {
  number: 7,
  up(db) {
    db.exec(`
-- Null before this version.
ALTER TABLE authorization_codes ADD COLUMN session_id TEXT CHECK (length(session_id) = 36);
-- Null unless a code gave the refresh token, or one before it.
ALTER TABLE refresh_tokens ADD COLUMN auth_time_ms INTEGER;
ALTER TABLE refresh_tokens ADD COLUMN session_id TEXT CHECK (length(session_id) = 36);

-- A random (version 4) UUID. A deleted user and the same user of a backup may share one.
ALTER TABLE users ADD COLUMN uuid TEXT CHECK (length(uuid) = 36);
UPDATE users SET uuid = lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2)
  || '-' || substr('89ab', 1 + abs(random() % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)));
`);
  },
};
