import type { Database } from 'better-sqlite3';
import type { Store } from '../engine/ports/store/store.ts';
import { createApis } from './apis.ts';
import { createApplications } from './applications.ts';
import { createAuthorizationCodes } from './authorizationCodes.ts';
import { createBackup } from './backup.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import { createConsents } from './consents.ts';
import { type Context, createRowIds } from './context.ts';
import { createCaches } from './database/cache.ts';
import { createCheckpointer } from './database/checkpoint.ts';
import { createGroupCommit, type GroupCommit } from './database/commit.ts';
import { storageError } from './database/errors.ts';
import type { LogSyncHooks } from './database/logSync.ts';
import { type OpenOptions, openDatabase, removeCopies } from './database/open.ts';
import { createReadTransaction } from './database/readTransaction.ts';
import { createDeviceSets } from './deviceSets.ts';
import { createKeySets } from './keys.ts';
import { createScopes } from './scopes.ts';
import { createSealedRows, type SealedRows } from './sealedRows.ts';
import type { Sealer } from './sealer.ts';
import { createSettings } from './settings.ts';
import { createSigningKeys, type SigningKeys } from './signingKeys.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createTiers } from './tiers.ts';
import { createImportedValues } from './tokens/importedValues.ts';
import { createRefreshTokens } from './tokens/refreshTokens.ts';
import { createReuses } from './tokens/reuses.ts';
import { createScopeSets } from './tokens/scopeSets.ts';
import { createTokenPurge } from './tokens/tokenPurge.ts';
import { createTokens } from './tokens/tokens.ts';
import { createValueDeletion } from './tokens/valueDeletion.ts';
import { createUsers } from './users.ts';
import { createVaultBinding, type VaultBinding } from './vaultBinding.ts';

export interface OpenStore {
  readonly store: Store;
  readonly certificates: Certificates;
  readonly signingKeys: SigningKeys;
  readonly commit: GroupCommit;
  readonly vaultBinding: VaultBinding;
  /** All columns of sealed values. Only a rotation needs them. */
  sealedRows(): readonly SealedRows[];
  /**
   * Removes bytes of deleted and overwritten rows from all files: deletes the copies from before updates, and runs VACUUM. Writes are
   * held during it. Also resolves if it fails, on a full disk or while another program reads.
   */
  secureDelete(): Promise<void>;
  /** Does the same if token values were deleted since the last VACUUM. */
  secureDeleteValues(): Promise<void>;
  /** Changes with each write, or attempt, of rows that token requests depend on, except tokens. */
  rulesVersion(): number;
  /** Empties all caches, for when the vault is locked. */
  dropCaches(): void;
  /** Answers all jobs, writes the reuse counts, copies the log into the database and closes it. */
  close(): Promise<void>;
}

/**
 * Opens the store in `file`, whose folder this process owns. While the sealer is locked, columns without secrets can be read. Throws as
 * {@link openDatabase}.
 */
export async function openStore(
  file: string,
  sealer: Sealer,
  options: OpenOptions & LogSyncHooks = {},
): Promise<OpenStore> {
  const db = await openDatabase(file, options);
  try {
    return createStore(db, sealer, options);
  } catch (error) {
    db.close();
    throw storageError(error);
  }
}

/** Creates the store over a database from {@link openDatabase}. The store closes it. */
export function createStore(db: Database, sealer: Sealer, hooks: LogSyncHooks = {}): OpenStore {
  const checkpointer = createCheckpointer(db, { hold: () => commit.hold(), release: () => commit.release() });
  const reads = createReadTransaction(db, () => commit.running);
  const commit = createGroupCommit(db, {
    ...hooks,
    starting() {
      reads.end();
      // Nothing is cached inside a transaction, and each token reads the settings.
      settings.read();
    },
    committed: checkpointer.committed,
    rolledBack: () => caches.drop(),
  });
  const caches = createCaches(() => !commit.running);
  const rules = { version: 0 };
  const keepsValues = () => settings.read().tokenPersistence === 'encrypted';
  const context: Context = { db, sealer, caches, commit, reads, keepsValues, rules };
  const reuses = createReuses(context);
  const tokenIds = createRowIds(db, 'tokens');
  const refreshTokenIds = createRowIds(db, 'refresh_tokens');
  const imported = createImportedValues(context);
  const settings = createSettings(context);
  const valueDeletion = createValueDeletion(db);
  const scopeSets = createScopeSets(context);
  const purge = createTokenPurge(db, scopeSets);
  const refreshTokens = createRefreshTokens(context, refreshTokenIds, tokenIds, imported);

  const store: Store = {
    applications: createApplications(context, purge),
    keySets: createKeySets(context),
    users: createUsers(context),
    scopes: createScopes(context),
    apis: createApis(context),
    subscriptions: createSubscriptions(context),
    deviceSets: createDeviceSets(context),
    tiers: createTiers(context),
    tokens: createTokens(context, tokenIds, { reuses, imported, refreshTokens, valueDeletion, purge, scopeSets }),
    refreshTokens: refreshTokens.store,
    authorizationCodes: createAuthorizationCodes(context),
    consents: createConsents(context),
    backup: createBackup(context, { access: tokenIds, refresh: refreshTokenIds }, { imported, scopeSets }),
    settings,
    rulesVersion: () => rules.version,
  };

  const vacuum = (): Promise<boolean> => {
    removeCopies(db.name);
    return checkpointer.vacuum();
  };

  return {
    store,
    certificates: createCertificates(context),
    signingKeys: createSigningKeys(context),
    commit,
    vaultBinding: createVaultBinding(context),
    sealedRows: () => createSealedRows(context, store),
    secureDelete: async () => void (await vacuum()),
    async secureDeleteValues() {
      if (valueDeletion.vacuumPending() && (await vacuum())) await commit.submit(valueDeletion.vacuumed);
    },
    rulesVersion: store.rulesVersion,
    dropCaches: caches.drop,
    async close() {
      await reuses.flush();
      await commit.drain();
      await checkpointer.close();
      reads.end();
      commit.close();
      db.close();
    },
  };
}
