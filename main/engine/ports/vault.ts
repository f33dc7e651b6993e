import type { KeychainAnswer, Proof, VaultMode, VaultStatus } from '../../../preload/contract/vault.ts';

/** The vault, as the engine's handlers use it; `main/vault` implements it. */
export interface VaultControl {
  status(): VaultStatus;
  create(mode: VaultMode, passphrase: string | undefined): Promise<{ readonly recoveryKey: string }>;
  /** For unattended programs, which cannot show a recovery key to anyone. */
  createWithoutRecoveryKey(mode: VaultMode, passphrase: string | undefined): Promise<void>;
  unlock(passphrase: string | undefined): Promise<void>;
  recover(recoveryKey: string, mode: VaultMode, passphrase: string | undefined): Promise<void>;
  lock(): Promise<void>;
  changePassphrase(passphrase: string, newPassphrase: string): Promise<void>;
  /** `newPassphrase` is for the mode `passphrase`. */
  changeMode(mode: VaultMode, newPassphrase: string | undefined, proof: Proof): Promise<void>;
  /** Replaces the data key and returns a new recovery key. Sealed values are re-encrypted afterwards. */
  rotateDataKey(proof: Proof): Promise<string>;
  newRecoveryKey(proof: Proof): Promise<string>;
  /** Throws unless the proof allows changing how the vault opens. Changes nothing. */
  prove(proof: Proof): Promise<void>;
  confirmRecoveryKey(lastGroup: string): Promise<void>;
  /** Whether the keychain answers. Reads an entry that never exists, and writes nothing. */
  keychain(): Promise<KeychainAnswer>;
}

/** Locks the vault automatically; `main/app/vault/autoLock.ts` implements it. */
export interface AutoLock {
  /** Restarts the idle countdown: a person just used a window. */
  windowUsed(): void;
  /** Whether this machine reports that its screen was locked. Known soon after a window is first used. */
  noticesScreenLock(): boolean;
}
