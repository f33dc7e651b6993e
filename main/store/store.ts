import type { Database } from 'better-sqlite3';
import type { Store } from '../engine/ports/store.ts';
import { createApplications } from './applications.ts';
import { createBackup } from './backup.ts';
import { type Certificates, createCertificates } from './certificates.ts';
import { type Context, createRowIds } from './context.ts';
import { createCaches } from './database/cache.ts';
import { createCheckpointer } from './database/checkpoint.ts';
import { createGroupCommit, type GroupCommit } from './database/commit.ts';
import { storageError } from './database/errors.ts';
import type { LogSyncHooks } from './database/logSync.ts';
import { type OpenOptions, openDatabase, removeCopies } from './database/open.ts';
import { createReadTransaction } from './database/readTransaction.ts';
import { createKeySets } from './keys.ts';
import { createScopes } from './scopes.ts';
import { createSealedRows, type SealedRows } from './sealedRows.ts';
import type { Sealer } from './sealer.ts';
import { createSettings } from './settings.ts';
import { createImportedValues } from './tokens/importedValues.ts';
import { createRefreshTokens } from './tokens/refreshTokens.ts';
import { createReuses } from './tokens/reuses.ts';
import { createTokenPurge } from './tokens/tokenPurge.ts';
import { createTokens } from './tokens/tokens.ts';
import { createValueDeletion } from './tokens/valueDeletion.ts';
import { createUsers } from './users.ts';
import { createVaultBinding, type VaultBinding } from './vaultBinding.ts';

export interface OpenStore {
  readonly store: Store;
  readonly certificates: Certificates;
  readonly commit: GroupCommit;
  readonly vaultBinding: VaultBinding;
  /** Everything that is sealed, column by column. Few starts ask for it. */
  sealedRows(): readonly SealedRows[];
  /**
   * Sees to it that no file has a byte of what rows were before: the copies made before an update go, and the database is
   * written anew. Writes wait meanwhile. Resolves when it was tried: the disk may be full, or who reads in the way.
   */
  erase(): Promise<void>;
  /** Another number once anything was written, or tried to be, that token requests are decided by, besides tokens. */
  rulesVersion(): number;
  /** The same once values were dropped, until it is done. */
  eraseDropped(): Promise<void>;
  /** Forgets all that was read; for when the vault is locked. */
  dropCaches(): void;
  /** Answers what was submitted, writes down what is counted, moves the log into the database and closes it. */
  close(): Promise<void>;
}

/**
 * Opens the store in `file`, whose folder this process owns. The sealer may be locked: then what holds no secret can
 * still be read. Throws as {@link openDatabase}.
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

/** Makes the store over a database that {@link openDatabase} opened; it is the store's from here on. */
export function createStore(db: Database, sealer: Sealer, hooks: LogSyncHooks = {}): OpenStore {
  const checkpointer = createCheckpointer(db, { hold: () => commit.hold(), release: () => commit.release() });
  const turn = createReadTransaction(db, () => commit.running);
  const commit = createGroupCommit(db, {
    ...hooks,
    starting() {
      turn.leave();
      // What is first read within a transaction is not remembered, and these are read for each token.
      settings.read();
    },
    committed: checkpointer.committed,
    rolledBack: () => caches.drop(),
  });
  const caches = createCaches(() => !commit.running);
  const rules = { version: 0 };
  const keepsValues = () => settings.read().tokenPersistence === 'encrypted';
  const context: Context = { db, sealer, caches, commit, turn, keepsValues, rules };
  const reuses = createReuses(context);
  const tokenIds = createRowIds(db, 'tokens');
  const refreshTokenIds = createRowIds(db, 'refresh_tokens');
  const imported = createImportedValues(context);
  const settings = createSettings(context);
  const valueDeletion = createValueDeletion(db);
  const purge = createTokenPurge(db);
  const refreshTokens = createRefreshTokens(context, refreshTokenIds, tokenIds, imported);

  const store: Store = {
    applications: createApplications(context, purge),
    keySets: createKeySets(context),
    users: createUsers(context),
    scopes: createScopes(context),
    tokens: createTokens(context, tokenIds, { reuses, imported, refreshTokens, valueDeletion, purge }),
    refreshTokens: refreshTokens.store,
    backup: createBackup(context, { access: tokenIds, refresh: refreshTokenIds }, imported),
    settings,
  };

  const erase = (): Promise<boolean> => {
    removeCopies(db.name);
    return checkpointer.rewrite();
  };

  return {
    store,
    certificates: createCertificates(context),
    commit,
    vaultBinding: createVaultBinding(context),
    sealedRows: () => createSealedRows(context, store),
    erase: async () => void (await erase()),
    rulesVersion: () => rules.version,
    async eraseDropped() {
      if (valueDeletion.vacuumPending() && (await erase())) await commit.submit(valueDeletion.vacuumed);
    },
    dropCaches: caches.drop,
    async close() {
      await reuses.flush();
      await commit.drain();
      await checkpointer.close();
      turn.leave();
      commit.close();
      db.close();
    },
  };
}
