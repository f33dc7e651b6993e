import type { Random } from '../engine/ports/ports.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import { createQueue } from '../system/queue.ts';
import { createAccessChanges } from './accessChanges.ts';
import { createDataKeyHolder } from './holders/dataKeyHolder.ts';
import { createKeychain, type Keychain } from './holders/keychain.ts';
import { recoveryStateOf } from './holders/recovery.ts';
import { createOpening } from './opening.ts';
import type { Sealer } from './sealing/sealer.ts';
import type { VaultFile } from './vaultFile.ts';
import { createVaultState } from './vaultState.ts';

export interface VaultOptions {
  /** The data folder. This process owns it, so no other process writes `vault.json`. */
  readonly folder: string;
  readonly random: Random;
  readonly keychain?: Keychain;
  /** Whether the folder holds sealed rows. Then no new vault is created, even if `vault.json` is missing. */
  readonly holdsSealedRows?: () => boolean;
  /** Awaited before the keys are wiped, to stop whatever uses them. Must not call the vault's own methods. */
  readonly beforeLock?: () => Promise<void>;
}

export interface Vault extends VaultControl {
  /** Always the same object. It works while the vault is unlocked. */
  readonly sealer: Sealer;
  /** Throws `vault_none`. */
  installationId(): string;
  /** Identifies this vault and its data key; not secret. Throws `vault_none`. */
  identity(): Pick<VaultFile, 'installationId' | 'check'>;
  /** Deletes the previous data key for good. Call it only when no value is sealed with that key any more. */
  finishRotation(): Promise<void>;
}

/**
 * The vault of a data folder. Its methods run one at a time. Each change is on disk before the replaced state is dropped. So a crash
 * leaves a vault that opens either the old way or the new way.
 */
export function createVault(options: VaultOptions): Vault {
  const { folder, random, keychain = createKeychain(), holdsSealedRows = () => false, beforeLock } = options;
  const state = createVaultState(folder, random);
  const holder = createDataKeyHolder(keychain);
  const opening = createOpening(state, holder, { folder, holdsSealedRows, beforeLock });
  const changes = createAccessChanges(state, holder);
  const queue = createQueue();

  return {
    status() {
      const found = state.file();
      if (found === undefined) return { state: 'none', recoveryKey: 'none' };
      return {
        state: state.isOpen ? 'unlocked' : 'locked',
        mode: found.held.mode,
        recoveryKey: recoveryStateOf(found),
        ...(found.rotation?.before && { rotation: { state: 'paused', done: 0, total: 0 } }),
      };
    },
    installationId: () => state.existing().installationId,
    identity: state.existing,
    keychain: () => keychain.probe(),
    create: (mode, passphrase) => queue(() => opening.create(mode, passphrase)),
    createWithoutRecoveryKey: (mode, passphrase) => queue(() => opening.createWithoutRecoveryKey(mode, passphrase)),
    unlock: (passphrase) => queue(() => opening.unlock(passphrase)),
    recover: (recoveryKey, mode, passphrase) => queue(() => opening.recover(recoveryKey, mode, passphrase)),
    lock: () => queue(opening.lock),
    changePassphrase: (passphrase, newPassphrase) => queue(() => changes.changePassphrase(passphrase, newPassphrase)),
    changeMode: (mode, newPassphrase, proof) => queue(() => changes.changeMode(mode, newPassphrase, proof)),
    prove: (proof) => queue(() => changes.prove(proof)),
    rotateDataKey: (proof) => queue(() => changes.rotateDataKey(proof)),
    finishRotation: () => queue(changes.finishRotation),
    newRecoveryKey: (proof) => queue(() => changes.newRecoveryKey(proof)),
    confirmRecoveryKey: (lastGroup) => queue(() => changes.confirmRecoveryKey(lastGroup)),
    sealer: {
      seal: (plain, column, rowId) => state.keys().sealer.seal(plain, column, rowId),
      open: (sealed, column, rowId) => state.keys().sealer.open(sealed, column, rowId),
      mark: () => state.keys().sealer.mark(),
      digest: (plain) => state.keys().sealer.digest(plain),
      matches: (plain, digest) => state.keys().sealer.matches(plain, digest),
      digestSecret: (plain) => state.keys().sealer.digestSecret(plain),
      matchesSecret: (plain, digest) => state.keys().sealer.matchesSecret(plain, digest),
      mintTokenValue: (kind, rowId) => state.keys().sealer.mintTokenValue(kind, rowId),
      mintJwtId: (rowId) => state.keys().sealer.mintJwtId(rowId),
      rowIdOf: (kind, value) => state.keys().sealer.rowIdOf(kind, value),
    },
  };
}
