import type { KeyObject } from 'node:crypto';
import type { Random } from '../engine/ports/ports.ts';
import * as errors from './errors.ts';
import { openRotated } from './rotation.ts';
import { createSealer } from './sealing/sealer.ts';
import { readVaultFile, type VaultFile, writeVaultFile } from './vaultFile.ts';

/** The keys of an unlocked vault. */
interface OpenKeys {
  readonly dataKey: KeyObject;
  readonly sealer: ReturnType<typeof createSealer>;
}

/** `vault.json` and, while the vault is unlocked, its keys in memory. */
export interface VaultState {
  readonly isOpen: boolean;
  /** `vault.json`; undefined if it does not exist. Throws as {@link readVaultFile}. */
  file(): VaultFile | undefined;
  /** The same. Throws `vault_none` if it does not exist. */
  existing(): VaultFile;
  /** Throws `vault_locked` or `vault_none`. */
  keys(): OpenKeys;
  /** Replaces `vault.json`; it is on disk when this returns. */
  save(file: VaultFile): void;
  /** Unlocks with this data key, and wipes the keys that were open. */
  open(file: VaultFile, dataKey: KeyObject): void;
  /** Wipes the keys, and reads `vault.json` again at the next use. */
  close(): void;
}

/** The state of the vault in a data folder; locked at first. */
export function createVaultState(folder: string, random: Random): VaultState {
  let known: VaultFile | undefined;
  let opened: OpenKeys | undefined;

  const file = (): VaultFile | undefined => {
    known ??= readVaultFile(folder);
    return known;
  };
  const existing = (): VaultFile => {
    const found = file();
    if (found === undefined) throw errors.none();
    return found;
  };

  return {
    get isOpen() {
      return opened !== undefined;
    },
    file,
    existing,
    keys() {
      if (opened !== undefined) return opened;
      existing();
      throw errors.locked();
    },
    save(changed) {
      writeVaultFile(folder, changed);
      known = changed;
    },
    open(of, dataKey) {
      const sealer = createSealer(dataKey, of.installationId, of.keyId, random, openRotated(of, dataKey));
      opened?.sealer.wipe();
      opened = { dataKey, sealer };
    },
    close() {
      opened?.sealer.wipe();
      opened = undefined;
      known = undefined;
    },
  };
}
