import { z } from 'zod';
import { control, read } from './define.ts';
import { errorCodes } from './errors.ts';

export const vaultMode = z.enum(['keychain', 'passphrase']);
export type VaultMode = z.output<typeof vaultMode>;

const passphrase = z
  .string()
  .min(8, 'A passphrase has at least 8 characters.')
  .max(1024, 'A passphrase has at most 1024 characters.');
const recoveryKey = z.string().max(200);

const vaultRotation = z.strictObject({
  /** `paused`: while the vault is locked. `stopped`: something is in the way, and it is tried again from time to time. */
  state: z.enum(['running', 'paused', 'stopped']),
  /** Values sealed with the new key, of all there are; both 0 until they are counted. */
  done: z.int(),
  total: z.int(),
  /** What is in the way, and what to do. */
  fault: z.strictObject({ code: z.enum(errorCodes), message: z.string() }).optional(),
});
export type VaultRotation = z.output<typeof vaultRotation>;

export const vaultStatus = z.strictObject({
  state: z.enum(['none', 'locked', 'unlocked']),
  mode: vaultMode.optional(),
  /** Whether a recovery key exists, and whether its owner showed to have written it down. */
  recoveryKey: z.enum(['none', 'unconfirmed', 'confirmed']),
  /** There while values are left that were sealed with the data key before. */
  rotation: vaultRotation.optional(),
});
export type VaultStatus = z.output<typeof vaultStatus>;

const keychainAnswer = z.strictObject({
  available: z.boolean(),
  /** What this system's keychain is called. */
  name: z.string(),
  /** Why it is not available, and what to do. */
  why: z.string().optional(),
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
    'Make the vault of a new data folder, with its recovery key, which is shown this once',
    z.strictObject({ mode: vaultMode, passphrase: passphrase.optional() }),
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
    'Open the vault with its recovery key, and set how it is kept from now on',
    z.strictObject({ recoveryKey, mode: vaultMode, passphrase: passphrase.optional() }),
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
    z.strictObject({ passphrase, newPassphrase: passphrase }),
    vaultStatus,
  ),
  changeMode: control(
    'Keep the data key in the keychain, or under a passphrase; stored rows are not touched',
    z.strictObject({ mode: vaultMode, passphrase: passphrase.optional().describe('the new one, for mode passphrase') }),
    vaultStatus,
  ),
  rotateDataKey: control(
    'Replace the data key: everything is sealed anew beside all else, tokens stay valid, and there is a new recovery key, shown this once; the one before stops working',
    z.strictObject({ passphrase: passphrase.optional().describe('the present one, for a vault under a passphrase') }),
    z.strictObject({ ...vaultStatus.shape, recoveryKey: z.string() }),
  ),
  newRecoveryKey: control(
    'Make a new recovery key, shown this once; the one before stops working',
    z.strictObject({}),
    z.strictObject({ recoveryKey: z.string() }),
  ),
  confirmRecoveryKey: control(
    'Show that the recovery key is written down, by its last group',
    z.strictObject({ lastGroup: z.string().max(20) }),
    vaultStatus,
  ),
};
