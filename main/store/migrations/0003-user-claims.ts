import type { Migration } from './migration.ts';

/** Claims of users, for ID tokens and `/userinfo`. */
export const userClaims: Migration = {
  number: 3,
  up(db) {
    db.exec(`
-- The members that differ from "none".
ALTER TABLE users ADD COLUMN claims TEXT NOT NULL DEFAULT '{}'
  CHECK (json_valid(claims) AND json_type(claims) = 'object' AND length(claims) <= 20000);
`);
  },
};
