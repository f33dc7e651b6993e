import { z } from 'zod';
import { control, read } from './define.ts';
import { errorCodes } from './errors.ts';

export const vaultMode = z.enum(['keychain', 'passphrase']);
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
  passphrase: passphrase.optional().describe('the current one, for a vault under a passphrase'),
  recoveryKey: recoveryKey.optional().describe('for a vault in the keychain whose recovery key was confirmed'),
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
    'Ask whether a keychain answers here; nothing is written',
    z.strictObject({}),
    keychainAnswer,
    anyTime,
  ),
  create: control(
    'Create the vault of a new data folder, with its recovery key, which is shown only once',
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
    'Open the vault with its recovery key, and set how it opens from then on',
    z.strictObject({ recoveryKey, mode: vaultMode, passphrase: newPassphrase.optional() }),
    vaultStatus,
    anyTime,
  ),
  lock: control(
    'Lock the vault: keys and caches are dropped, and the endpoint stops',
    z.strictObject({}),
    vaultStatus,
    anyTime,
  ),
  windowUsed: control(
    'Report that a person used a window just now, which postpones the idle lock',
    z.strictObject({}),
    z.strictObject({}),
    anyTime,
  ),
  autoLock: read(
    'Show whether this machine tells when its screen is locked',
    z.strictObject({}),
    z.strictObject({ noticesScreenLock: z.boolean() }),
    anyTime,
  ),
  changePassphrase: control(
    'Change the passphrase; stored rows are not touched',
    z.strictObject({ passphrase, newPassphrase }),
    vaultStatus,
  ),
  changeMode: control(
    'Keep the data key in the keychain, or under a passphrase; stored rows are not touched',
    z.strictObject({
      mode: vaultMode,
      newPassphrase: newPassphrase.optional().describe('for mode passphrase'),
      ...proof,
    }),
    vaultStatus,
  ),
  rotateDataKey: control(
    'Replace the data key: everything is encrypted again in the background, tokens stay valid, and a new recovery key, shown only once, replaces the old one',
    z.strictObject(proof),
    z.strictObject({ ...vaultStatus.shape, recoveryKey: z.string() }),
  ),
  newRecoveryKey: control(
    'Create a new recovery key, shown only once; it replaces the old one',
    z.strictObject(proof),
    z.strictObject({ recoveryKey: z.string() }),
  ),
  confirmRecoveryKey: control(
    'Show that the recovery key is written down, by its last group',
    z.strictObject({ lastGroup: z.string().max(20) }),
    vaultStatus,
  ),
};
