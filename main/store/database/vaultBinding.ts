import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Store } from '../../engine/ports/store.ts';
import { type Context, mustBeInTransaction } from '../context.ts';

/** What of `vault.json` tells whether it and the database belong together. Nothing of it is secret. */
export interface BoundVault {
  readonly installationId: string;
  /** Tells the data key from another one. */
  readonly check: string;
}

/** The vault that the values of this database are sealed by. */
export interface VaultBinding {
  /** Nothing until a vault was opened here for the first time. */
  read(): BoundVault | undefined;
  /**
   * Must run in a transaction. The first time the vault must be open: the digests of consumer secrets are computed that migration 5
   * left out.
   */
  write(vault: BoundVault): void;
}

export function createVaultBinding(
  context: Context,
  { applications, keySets }: Pick<Store, 'applications' | 'keySets'>,
): VaultBinding {
  const select = context.db.prepare<[], BoundVault>(
    'SELECT installation_id AS installationId, key_check AS "check" FROM vault_binding',
  );
  const upsert = context.db.prepare<[string, string]>(
    'INSERT OR REPLACE INTO vault_binding (one, installation_id, key_check) VALUES (1, ?, ?)',
  );
  const digestSecrets = (): void => {
    for (const { id } of applications.list().flatMap((application) => keySets.ofApplication(application.id))) {
      try {
        keySets.setSecret(id, keySets.revealSecret(id));
      } catch (error) {
        // Nobody can know that secret any more; it has to be regenerated, and the others work.
        if (!(error instanceof KeyfobError) || error.code !== 'sealed_value_damaged') throw error;
      }
    }
  };

  return {
    read: () => select.get(),
    write({ installationId, check }) {
      mustBeInTransaction(context);
      if (select.get() === undefined) digestSecrets();
      upsert.run(installationId, check);
    },
  };
}
