import { type Context, mustBeInTransaction } from './context.ts';

/** Parts of `vault.json` that show whether it belongs to a database. They are not secret. */
export interface BoundVault {
  readonly installationId: string;
  /** Identifies the data key. */
  readonly check: string;
}

/** The vault that seals the values of this database. */
export interface VaultBinding {
  /** Undefined until a vault was first opened here. */
  read(): BoundVault | undefined;
  /** Must run in a transaction. */
  write(vault: BoundVault): void;
}

/** The row that binds the database to its vault. */
export function createVaultBinding(context: Context): VaultBinding {
  const select = context.db.prepare<[], BoundVault>(
    'SELECT installation_id AS installationId, key_check AS "check" FROM vault_binding',
  );
  const upsert = context.db.prepare<[string, string]>(
    'INSERT OR REPLACE INTO vault_binding (id, installation_id, key_check) VALUES (1, ?, ?)',
  );

  return {
    read: () => select.get(),
    write({ installationId, check }) {
      mustBeInTransaction(context);
      upsert.run(installationId, check);
    },
  };
}
