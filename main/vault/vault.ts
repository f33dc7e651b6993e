import { generateKeySync, type KeyObject, randomUUID } from 'node:crypto';
import type { VaultMode } from '../../preload/contract/vault.ts';
import type { Random, VaultControl } from '../engine/ports.ts';
import * as faults from './faults.ts';
import { readVaultFile, type VaultFile, writeVaultFile } from './file.ts';
import { accountOf, createKeychain, type Keychain } from './keychain.ts';
import { unwrapWithPassphrase, wrapWithPassphrase } from './passphrase.ts';
import { isLastGroup, newRecovery, recoverDataKey } from './recovery.ts';
import { readRecoveryKey } from './recoveryKey.ts';
import { newDataKey, rotatedOf } from './rotation.ts';
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
  /** Drops the data key before, for good. Only when nothing is left that it sealed. */
  finishRotation(): Promise<void>;
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
    writeVaultFile(folder, changed);
    known = changed;
  };
  const adopt = (of: VaultFile, dataKey: KeyObject): void => {
    const sealer = createSealer(dataKey, of.installationId, of.keyId, random, rotatedOf(of, dataKey));
    opened?.sealer.forget();
    opened = { dataKey, sealer };
  };

  /** Puts the data key where the mode keeps it; only then may `vault.json` say so. */
  const hold = async (
    mode: VaultMode,
    dataKey: KeyObject,
    named: Pick<VaultFile, 'installationId' | 'keyId'>,
    passphrase: string | undefined,
  ): Promise<VaultFile['held']> => {
    if (mode === 'passphrase') return wrapWithPassphrase(dataKey, named.installationId, required(passphrase));
    await keychain.write(accountOf(named), dataKey);
    return { mode };
  };

  /**
   * Takes the data key before out of the keychain. One that does not let go of it keeps a key that the new `vault.json` has as
   * well, and that opens nothing once the rotation is finished.
   */
  const forgetEntry = async ({ held, installationId, rotation }: VaultFile): Promise<void> => {
    if (held.mode !== 'keychain' || rotation?.before === undefined) return;
    await keychain.remove(accountOf({ installationId, keyId: rotation.before.keyId })).catch(() => undefined);
  };

  const heldKey = async (found: VaultFile, passphrase: string | undefined) => {
    const { held, installationId, check } = found;
    if (held.mode === 'passphrase') {
      const dataKey = await unwrapWithPassphrase(held, installationId, required(passphrase));
      if (dataKey === undefined) throw faults.wrongPassphrase();
      return dataKey;
    }
    const dataKey = await keychain.read(accountOf(found));
    if (dataKey === 'lost') throw faults.entryLost(accountOf(found), 'is gone');
    if (checkOf(dataKey, installationId) !== check) throw faults.entryLost(accountOf(found), 'holds another key');
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
        ...(found.rotation?.before && { rotation: { state: 'paused', done: 0, total: 0 } }),
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
        const named = { installationId, keyId: 1 };
        const held = await hold(mode, dataKey, named, passphrase);
        const made: VaultFile = { version: 1, ...named, check, held, recovery };
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
        const held = await hold(mode, dataKey, found, passphrase);
        // Who has typed all of it has it written down.
        await save({ ...found, check, held, recovery: { ...recovery, confirmed: true } });
        adopt(found, dataKey);
        // A keychain that does not answer is a reason to recover, not to fail at it.
        if (movedOut(found, mode)) await keychain.remove(accountOf(found)).catch(() => undefined);
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
        await save({ ...found, held: await hold(mode, dataKey, found, passphrase) });
        if (!movedOut(found, mode)) return;
        await keychain.remove(accountOf(found)).catch((error: unknown) => {
          throw faults.entryLeft(accountOf(found), error);
        });
      }),

    rotateDataKey: (passphrase) =>
      inTurn(async () => {
        keys();
        const found = existing();
        if (found.rotation?.before !== undefined) throw faults.rotationUnfinished();
        const before = await heldKey(found, passphrase);
        const { dataKey, recoveryKey, next } = newDataKey(found, before);
        const held = await hold(found.held.mode, dataKey, next, passphrase);
        const rotated: VaultFile = { ...next, held };
        await save(rotated);
        adopt(rotated, dataKey);
        await forgetEntry(rotated);
        return recoveryKey;
      }),

    finishRotation: () =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        if (found.rotation?.before === undefined) return;
        await forgetEntry(found);
        const finished: VaultFile = { ...found, rotation: { tokenKeys: found.rotation.tokenKeys } };
        await save(finished);
        adopt(finished, dataKey);
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
      mark: () => keys().sealer.mark(),
      digest: (plain) => keys().sealer.digest(plain),
      matches: (plain, digest) => keys().sealer.matches(plain, digest),
      digestSecret: (plain) => keys().sealer.digestSecret(plain),
      matchesSecret: (plain, digest) => keys().sealer.matchesSecret(plain, digest),
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
