import { generateKeySync, type KeyObject, randomUUID } from 'node:crypto';
import type { VaultMode } from '../../preload/contract/vault.ts';
import type { Random } from '../engine/ports/ports.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import * as faults from './errors.ts';
import { createDataKeyHolder } from './holders/dataKeyHolder.ts';
import { accountOf, createKeychain, type Keychain } from './holders/keychain.ts';
import { isLastGroup, newRecovery, recoverDataKey, recoveryStateOf } from './holders/recovery.ts';
import { readRecoveryKey } from './holders/recoveryKey.ts';
import { newDataKey, rotatedOf, withoutBefore } from './rotation.ts';
import { createSealer, type Sealer } from './sealing/sealer.ts';
import { checkOf } from './subkeys.ts';
import { readVaultFile, type VaultFile, writeVaultFile } from './vaultFile.ts';

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
  /** What tells this vault and its data key from others; nothing of it is secret. Throws `vault_none`. */
  identity(): Pick<VaultFile, 'installationId' | 'check'>;
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

  const { hold, open, prove, forgetEntry, forgetBefore } = createDataKeyHolder(keychain);

  const create = (mode: VaultMode, passphrase: string | undefined, further: Pick<VaultFile['recovery'], 'shown'>) =>
    inTurn(async () => {
      if (file() !== undefined) throw faults.exists();
      if (holdsSealedRows()) throw faults.fileLost(folder);
      if (mode === 'passphrase' && !passphrase) throw faults.passphraseMissing();
      const dataKey = generateKeySync('aes', { length: 256 });
      const named = { installationId: randomUUID(), keyId: 1 };
      const { recoveryKey, recovery } = newRecovery(dataKey, named);
      const check = checkOf(dataKey, named.installationId);
      const held = await hold(mode, dataKey, named, passphrase);
      const made: VaultFile = { version: 3, ...named, check, held, recovery: { ...recovery, ...further } };
      await save(made);
      adopt(made, dataKey);
      return { recoveryKey };
    });

  return {
    status() {
      const found = file();
      if (found === undefined) return { state: 'none', recoveryKey: 'none' };
      return {
        state: opened === undefined ? 'locked' : 'unlocked',
        mode: found.held.mode,
        recoveryKey: recoveryStateOf(found),
        ...(found.rotation?.before && { rotation: { state: 'paused', done: 0, total: 0 } }),
      };
    },

    installationId: () => existing().installationId,

    identity: existing,

    keychain: () => keychain.probe(),

    create: (mode, passphrase) => create(mode, passphrase, {}),

    async createWithoutRecoveryKey(mode, passphrase) {
      await create(mode, passphrase, { shown: false });
    },

    unlock: (passphrase) =>
      inTurn(async () => {
        const found = existing();
        // Of an open vault too: whoever says "unlock" shows that they may.
        const dataKey = await open(found, passphrase);
        if (opened === undefined) adopt(found, dataKey);
      }),

    recover: (recoveryKey, mode, passphrase) =>
      inTurn(async () => {
        const found = existing();
        const { installationId, recovery } = found;
        const dataKey = recoverDataKey(found, readRecoveryKey(recoveryKey));
        if (dataKey === undefined) throw faults.wrongRecoveryKey();
        if (mode === 'passphrase' && !passphrase) throw faults.passphraseMissing();
        const check = checkOf(dataKey, installationId);
        const held = await hold(mode, dataKey, found, passphrase);
        // Who has typed all of it has it written down.
        const recovered: VaultFile = { ...found, version: 3, check, held, recovery: { ...recovery, confirmed: true } };
        await save(recovered);
        adopt(recovered, dataKey);
        // A keychain that does not answer is a reason to recover, not to fail at it.
        if (movedOut(found, mode)) await forgetEntry(found).catch(() => undefined);
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
        await prove(found, { passphrase });
        await save({ ...found, version: 3, held: await hold('passphrase', dataKey, found, newPassphrase) });
      }),

    changeMode: (mode, newPassphrase, proof) =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        if (mode === 'passphrase' && found.held.mode === 'passphrase') throw faults.alreadyPassphrase();
        // From the keychain to the keychain puts a lost entry back, and opens the vault to nobody new.
        if (mode !== found.held.mode) await prove(found, proof);
        await save({ ...found, version: 3, held: await hold(mode, dataKey, found, newPassphrase) });
        if (!movedOut(found, mode)) return;
        await forgetEntry(found).catch((error: unknown) => {
          throw faults.entryLeft(accountOf(found), error);
        });
      }),

    prove: (proof) =>
      inTurn(async () => {
        keys();
        await prove(existing(), proof);
      }),

    rotateDataKey: (proof) =>
      inTurn(async () => {
        keys();
        const found = existing();
        if (found.rotation?.before !== undefined) throw faults.rotationUnfinished();
        const before = await prove(found, proof);
        const { dataKey, recoveryKey, next } = newDataKey(found, before);
        const held = await hold(found.held.mode, dataKey, next, proof.passphrase);
        const rotated: VaultFile = { ...next, held };
        await save(rotated);
        adopt(rotated, dataKey);
        await forgetBefore(rotated);
        return recoveryKey;
      }),

    finishRotation: () =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        if (found.rotation?.before === undefined) return;
        await forgetBefore(found);
        const finished = withoutBefore(found, dataKey);
        await save(finished);
        adopt(finished, dataKey);
      }),

    newRecoveryKey: (proof) =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        await prove(found, proof);
        const { recoveryKey, recovery } = newRecovery(dataKey, found);
        await save({ ...found, recovery });
        return recoveryKey;
      }),

    confirmRecoveryKey: (lastGroup) =>
      inTurn(async () => {
        const { dataKey } = keys();
        const found = existing();
        if (recoveryStateOf(found) === 'none') throw faults.noRecoveryKey();
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
