import type { Migration } from '../database/migration.ts';

/**
 * Which vault the database belongs to; written when that vault is open. Digests of consumer secrets name their row from now
 * on. They need the vault's key, so zeros mark those to compute: no secret has such a digest.
 */
export const boundToTheVault: Migration = {
  number: 5,
  up(db) {
    db.exec(`
CREATE TABLE vault_binding (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  installation_id TEXT NOT NULL,
  key_check TEXT NOT NULL
) STRICT;
UPDATE key_sets SET consumer_secret_digest = zeroblob(32);
`);
  },
};
