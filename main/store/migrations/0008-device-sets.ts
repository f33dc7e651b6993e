import type { Migration } from './migration.ts';

/** Named sets of devices. */
export const deviceSetsSchema: Migration = {
  number: 8,
  up(db) {
    db.exec(`
CREATE TABLE device_sets (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  application_id INTEGER NOT NULL REFERENCES applications (id),
  key_type TEXT NOT NULL CHECK (key_type IN ('PRODUCTION', 'SANDBOX')),
  -- NULL: application tokens.
  user_id INTEGER REFERENCES users (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  -- The names in their order.
  devices TEXT NOT NULL CHECK (json_valid(devices) AND json_type(devices) = 'array'),
  scope TEXT NOT NULL CHECK (length(scope) <= 2048),
  -- NULL: the key set's.
  validity_seconds INTEGER CHECK (validity_seconds <> 0),
  created_at_ms INTEGER NOT NULL,
  UNIQUE (application_id, name)
) STRICT;
`);
  },
};
