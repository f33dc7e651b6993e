import { z } from 'zod';
import { control, read } from './define.ts';
import { errorCodes } from './errors.ts';

export const vaultMode = z.enum(['keychain', 'passphrase']).describe('where to keep the data key');
export type VaultMode = z.output<typeof vaultMode>;

/** A new passphrase. */
const newPassphrase = z
  .string()
  .min(8, 'Use at least 8 characters for the passphrase.')
  .max(1024, 'Use at most 1024 characters for the passphrase.');
/** The current passphrase. A short one is wrong, not malformed. */
const passphrase = z.string().min(1, 'Enter the passphrase.').max(1024, 'Wrong passphrase.');
const recoveryKey = z.string().max(200);

/** The proof for changing how the vault opens; `proofOf` tells which is required. */
const proof = {
  passphrase: passphrase.optional().describe('current passphrase, for a vault with a passphrase'),
  recoveryKey: recoveryKey.optional().describe('recovery key, for a keychain vault with a confirmed recovery key'),
};
export type Proof = { readonly [K in keyof typeof proof]?: string | undefined };

const vaultRotation = z.strictObject({
  /** `paused`: the vault is locked. `stopped`: a fault stopped it, and it is retried from time to time. */
  state: z.enum(['running', 'paused', 'stopped']),
  /** Values sealed with the new key, and all values; both 0 until they are counted. */
  done: z.int(),
  total: z.int(),
  /** The fault that stopped it, and what to do. */
  fault: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).optional(),
});
export type VaultRotation = z.output<typeof vaultRotation>;

export const vaultStatus = z.strictObject({
  state: z.enum(['none', 'locked', 'unlocked']),
  mode: vaultMode.optional(),
  /** `none`: none was ever shown. `confirmed`: a person proved to have a copy. */
  recoveryKey: z.enum(['none', 'unconfirmed', 'confirmed']),
  /** Present while some values are sealed with the previous data key. */
  rotation: vaultRotation.optional(),
});
export type VaultStatus = z.output<typeof vaultStatus>;

const keychainAnswer = z.strictObject({
  available: z.boolean(),
  /** The name of this system's keychain. */
  name: z.string(),
  /** Why it is not available, and what to do. */
  why: z.string().optional(),
  /** The system's error text, for a report. */
  details: z.string().optional(),
});
export type KeychainAnswer = z.output<typeof keychainAnswer>;

const anyTime = { whileLocked: true };

export const vault = {
  status: read('Show mode and state of the vault', z.strictObject({}), vaultStatus, anyTime),
  keychain: control(
    'Check whether a system keychain answers; writes nothing',
    z.strictObject({}),
    keychainAnswer,
    anyTime,
  ),
  create: control(
    'Create the vault of a new data folder, with a recovery key that is shown only once',
    z.strictObject({
      mode: vaultMode,
      passphrase: newPassphrase.optional(),
      unattended: z.boolean().default(false).describe('create no recovery key, because no person would see it'),
    }),
    /** An empty recovery key: none was created. */
    z.strictObject({ ...vaultStatus.shape, recoveryKey: z.string() }),
    anyTime,
  ),
  unlock: control(
    'Unlock the vault; a keychain vault needs no passphrase',
    z.strictObject({ passphrase: passphrase.optional() }),
    vaultStatus,
    anyTime,
  ),
  recover: control(
    'Open the vault with its recovery key, and choose keychain or passphrase',
    z.strictObject({ recoveryKey, mode: vaultMode, passphrase: newPassphrase.optional() }),
    vaultStatus,
    anyTime,
  ),
  lock: control(
    'Lock the vault: clear keys and caches, and stop the endpoint',
    z.strictObject({}),
    vaultStatus,
    anyTime,
  ),
  windowUsed: control(
    'Report that a person uses a window, which postpones the idle lock',
    z.strictObject({}),
    z.strictObject({}),
    anyTime,
  ),
  autoLock: read(
    'Show whether this machine reports a locked screen',
    z.strictObject({}),
    z.strictObject({ noticesScreenLock: z.boolean() }),
    anyTime,
  ),
  changePassphrase: control(
    'Change the passphrase; stored data stays the same',
    z.strictObject({ passphrase, newPassphrase }),
    vaultStatus,
  ),
  changeMode: control(
    'Protect the data key by the keychain or a passphrase; stored data stays the same',
    z.strictObject({
      mode: vaultMode,
      newPassphrase: newPassphrase.optional().describe('new passphrase, for mode passphrase'),
      ...proof,
    }),
    vaultStatus,
  ),
  rotateDataKey: control(
    'Replace the data key and the recovery key, which is shown only once. Everything is encrypted again in the background; tokens stay valid',
    z.strictObject(proof),
    z.strictObject({ ...vaultStatus.shape, recoveryKey: z.string() }),
  ),
  newRecoveryKey: control(
    'Create a new recovery key in place of the old one; it is shown only once',
    z.strictObject(proof),
    z.strictObject({ recoveryKey: z.string() }),
  ),
  confirmRecoveryKey: control(
    'Confirm that the recovery key is saved, by its last group',
    z.strictObject({ lastGroup: z.string().max(20).describe('last group of the recovery key') }),
    vaultStatus,
  ),
};
