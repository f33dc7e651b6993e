import { generateKeySync, type KeyObject, randomUUID } from 'node:crypto';
import type { VaultMode } from '../../preload/contract/vault.ts';
import type { Random, VaultControl } from '../engine/ports.ts';
import * as faults from './faults.ts';
import { readVaultFile, type VaultFile, writeVaultFile } from './file.ts';
import { createKeychain, type Keychain } from './keychain.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase.ts';
import { isLastGroup, newRecovery, recoverDataKey } from './recovery.ts';
import { readRecoveryKey } from './recoveryKey.ts';
import { createSealer, type Sealer } from './seal.ts';
import { checkOf } from './subkeys.ts';

export interface VaultOptions {
  /** The data folder. This process owns it: nobody else writes `vault.json`. */
  readonly folder: string;
  readonly random: Random;
  readonly keychain?: Keychain;
  /** Whether the folder holds sealed rows: then no new vault is made there, even if `vault.json` is gone. */
  readonly holdsSealedRows?: () => boolean;
  /** Awaited before the keys are dropped, to stop what needs them. Must not call the vault's own methods. */
  readonly beforeLock?: () => Promise<void>;
}

export interface Vault extends VaultControl {
  /** One object for good; it works while the vault is unlocked. */
  readonly sealer: Sealer;
  /** Throws `vault_none`. */
  installationId(): string;
}

/**
 * The vault of a data folder. Its methods run one after the other. Each change is durable before what it replaces is
 * dropped, so a crash between two steps leaves a vault that opens the old way or the new way.
 */
export function createVault(options: VaultOptions): Vault {
  const { folder, random, keychain = createKeychain(), holdsSealedRows = () => false, beforeLock } = options;
  let known: VaultFile | undefined;
  let opened: { readonly dataKey: KeyObject; readonly sealer: ReturnType<typeof createSealer> } | undefined;

  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const file = (): VaultFile | undefined => {
    known ??= readVaultFile(folder);
    return known;
  };
  const existing = (): VaultFile => {
    const found = file();
    if (found === undefined) throw faults.none();
    return found;
  };
  const keys = () => {
    if (opened !== undefined) return opened;
    existing();
    throw faults.locked();
  };

  const save = async (changed: VaultFile): Promise<void> => {
    await writeVaultFile(folder, changed);
    known = changed;
  };
  const adopt = (of: VaultFile, dataKey: KeyObject): void => {
    opened?.sealer.forget();
    opened = { dataKey, sealer: createSealer(dataKey, of.installationId, of.keyId, random) };
  };

  /** Puts the data key where the mode keeps it; only then may `vault.json` say so. */
  const hold = async (
    mode: VaultMode,
    dataKey: KeyObject,
    installationId: string,
    passphrase: string | undefined,
  ): Promise<VaultFile['held']> => {
    if (mode === 'passphrase') return wrapWithPassphrase(dataKey, installationId, required(passphrase));
    await keychain.write(installationId, dataKey);
    return { mode };
  };

  const heldKey = async ({ held, installationId, check }: VaultFile, passphrase: string | undefined) => {
    if (held.mode === 'passphrase') {
      const dataKey = await unwrapWithPassphrase(held, installationId, required(passphrase));
      if (dataKey === undefined) throw faults.wrongPassphrase();
      return dataKey;
    }
    const dataKey = await keychain.read(installationId);
    if (dataKey === 'lost') throw faults.entryLost(installationId, 'is gone');
    if (checkOf(dataKey, installationId) !== check) throw faults.entryLost(installationId, 'holds another key');
    return dataKey;
  };

  return {
    status() {
      const found = file();
      if (found === undefined) return { state: 'none', recoveryKey: 'none' };
      return {
        state: opened === undefined ? 'locked' : 'unlocked',
        mode: found.held.mode,
        recoveryKey: found.recovery.confirmed ? 'confirmed' : 'unconfirmed',
      };
    },

    installationId: () => existing().installationId,

    keychain: () => keychain.probe(),

    create: (mode, passphrase) =>
      inTurn(async () => {
        if (file() !== undefined) throw faults.exists();
        if (holdsSealedRows()) throw faults.fileLost(folder);
        const dataKey = generateKeySync('aes', { length: 256 });
        const installationId = randomUUID();
        const { recoveryKey, recovery } = newRecovery(dataKey, installationId);
        const check = checkOf(dataKey, installationId);
        const held = await hold(mode, dataKey, installationId, passphrase);
        const made: VaultFile = { version: 1, installationId, keyId: 1, check, held, recovery };
        await save(made);
        adopt(made, dataKey);
        return { recoveryKey };
      }),

    unlock: (passphrase) =>
      inTurn(async () => {
        const found = existing();
        // Of an open vault too: whoever says "unlock" shows that they may.
        const dataKey = await heldKey(found, passphrase);
        if (opened === undefined) adopt(found, dataKey);
      }),

    recover: (recoveryKey, mode, passphrase) =>
      inTurn(async () => {
        const found = existing();
        const { installationId, recovery } = found;
        const dataKey = recoverDataKey(found, readRecoveryKey(recoveryKey));
        if (dataKey === undefined) throw faults.wrongRecoveryKey();
        const check = checkOf(dataKey, installationId);
        const held = await hold(mode, dataKey, installationId, passphrase);
        // Who has typed all of it has it written down.
        await save({ ...found, check, held, recovery: { ...recovery, confirmed: true } });
        adopt(found, dataKey);
        // A keychain that does not answer is a reason to recover, not to fail at it.
        if (movedOut(found, mode)) await keychain.remove(installationId).catch(() => undefined);
      }),

    lock: () =>
      inTurn(async () => {
        existing();
        try {
          if (opened !== undefined) await beforeLock?.();
        } finally {
          opened?.sealer.forget();
          opened = undefined;
          known = undefined;
        }
      }),

    changePassphrase: (passphrase, newPassphrase) =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        if (found.held.mode !== 'passphrase') throw faults.noPassphrase();
        await heldKey(found, passphrase);
        await save({ ...found, held: await wrapWithPassphrase(dataKey, found.installationId, newPassphrase) });
      }),

    changeMode: (mode, passphrase) =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        // Else whoever meets an unlocked vault could set a passphrase without knowing the one before.
        if (mode === 'passphrase' && found.held.mode === 'passphrase') throw faults.alreadyPassphrase();
        await save({ ...found, held: await hold(mode, dataKey, found.installationId, passphrase) });
        if (!movedOut(found, mode)) return;
        await keychain.remove(found.installationId).catch((error: unknown) => {
          throw faults.entryLeft(found.installationId, error);
        });
      }),

    newRecoveryKey: () =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        const { recoveryKey, recovery } = newRecovery(dataKey, found.installationId);
        await save({ ...found, recovery });
        return recoveryKey;
      }),

    confirmRecoveryKey: (lastGroup) =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        if (!isLastGroup(found, dataKey, lastGroup)) throw faults.wrongLastGroup();
        await save({ ...found, recovery: { ...found.recovery, confirmed: true } });
      }),

    sealer: {
      seal: (plain, column, rowId) => keys().sealer.seal(plain, column, rowId),
      open: (sealed, column, rowId) => keys().sealer.open(sealed, column, rowId),
      digest: (plain) => keys().sealer.digest(plain),
      matches: (plain, digest) => keys().sealer.matches(plain, digest),
      mintTokenValue: (kind, rowId) => keys().sealer.mintTokenValue(kind, rowId),
      rowIdOf: (kind, value) => keys().sealer.rowIdOf(kind, value),
    },
  };
}

const movedOut = (before: VaultFile, mode: VaultMode): boolean =>
  before.held.mode === 'keychain' && mode === 'passphrase';

function required(passphrase: string | undefined): string {
  if (passphrase === undefined) throw faults.passphraseMissing();
  return passphrase;
}
