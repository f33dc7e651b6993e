import type { Migration } from '../database/migration.ts';

/**
 * Token values that come from another installation do not carry the id of their row here, and are found by their
 * digest. In a table of their own, so that tokens issued here pay nothing for it.
 */
export const importedValues: Migration = {
  number: 3,
  up(db) {
    db.exec(`
CREATE TABLE imported_values (
  kind TEXT NOT NULL CHECK (kind = 'access' OR kind = 'refresh'),
  row_id INTEGER NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  PRIMARY KEY (kind, row_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX imported_values_digest ON imported_values (digest, kind);
`);
  },
};
