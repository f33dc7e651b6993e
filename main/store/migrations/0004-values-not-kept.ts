import type { Migration } from '../database/migration.ts';

/**
 * How far the values of tokens were dropped, and whether bytes of them may be left in free space; and when things
 * happened to tokens in real time, which the clock offset does not move. Of what happened before nobody knows that: it
 * counts from now on. A constant default writes to no row.
 */
export const valuesNotKept: Migration = {
  number: 4,
  up(db) {
    db.exec(`
ALTER TABLE token_history ADD COLUMN real_at_ms INTEGER NOT NULL DEFAULT ${Date.now()};
CREATE TABLE dropped_values (
  table_name TEXT PRIMARY KEY CHECK (table_name = 'tokens' OR table_name = 'refresh_tokens'),
  up_to INTEGER NOT NULL,
  left_bytes INTEGER NOT NULL CHECK (left_bytes IN (0, 1))
) STRICT, WITHOUT ROWID;
`);
  },
};
