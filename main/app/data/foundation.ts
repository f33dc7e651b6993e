import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Settings } from '../../../preload/contract/settings/settings.ts';
import type { Clock, Random } from '../../engine/ports/ports.ts';
import { createClock } from '../../platform/clock.ts';
import { createRandom } from '../../platform/random.ts';
import { databaseIn, type OwnedFolder } from '../../store/database/folder.ts';
import type { OpenStore } from '../../store/store.ts';
import { createVault, type Vault } from '../../vault/vault.ts';
import { createEventBus, type EventBus } from '../events.ts';
import { openData } from './openData.ts';

/** The parts of an app that all others use: vault, store, events and clock of one data folder. */
export interface Foundation {
  readonly folder: string;
  /** The file of the store. */
  readonly database: string;
  readonly sealed: Vault;
  readonly opened: OpenStore;
  readonly events: EventBus;
  readonly clock: Clock;
  readonly random: Random;
  readonly realTimeMs: () => number;
  readonly settings: () => Settings;
  /** Checks that the data folder is still in place. Gives the error that forbids all further writes, if there is one. */
  readonly storeFault: () => KeyfobError | undefined;
  readonly onError: (error: unknown) => void;
}

export interface FoundationHooks {
  readonly realTimeMs: () => number;
  readonly onError: (error: unknown) => void;
  /** Another process may own the folder now. */
  readonly onLost: (error: KeyfobError) => void;
  /** The store can no longer be written. */
  readonly onStoreFault: () => void;
  /** Awaited before the vault's keys are wiped. */
  readonly beforeLock: () => Promise<void>;
}

/** Opens the vault (locked) and the store of an owned folder. Throws as {@link openData}. */
export async function openFoundation(
  folder: string,
  owned: OwnedFolder,
  closing: AsyncDisposableStack,
  { realTimeMs, onError, onLost, onStoreFault, beforeLock }: FoundationHooks,
): Promise<Foundation> {
  const random = createRandom();
  const holdsSealedRows = () => opened.store.users.list().length > 0;
  const sealed = createVault({ folder, random, holdsSealedRows, beforeLock });
  const opened = await openData(folder, sealed.sealer, {
    folderError: owned.error,
    onFailure(failure) {
      if (failure === owned.error()) onLost(failure);
      else onError(failure);
      // Deferred: the transaction that found it is rolled back with its events.
      queueMicrotask(onStoreFault);
    },
  });
  closing.defer(opened.close);
  owned.databaseOpened();
  if (owned.logLost) onError(logLost());
  const { store, commit } = opened;
  const settings = () => store.settings.read();
  return {
    folder,
    database: databaseIn(folder),
    sealed,
    opened,
    events: createEventBus(commit),
    clock: createClock({ offsetSeconds: () => settings().clockOffsetSeconds, realTimeMs }),
    random,
    realTimeMs,
    settings,
    storeFault() {
      commit.checkFiles();
      return commit.failure;
    },
    onError,
  };
}

const logLost = (): KeyfobError =>
  new KeyfobError(
    'database_damaged',
    'Keyfob was killed before it closed keyfob.db, and its log keyfob.db-wal has disappeared since. The last changes may be lost. If you have a copy of both files, restore it.',
  );
