import { join } from 'node:path';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Settings } from '../../preload/contract/settings.ts';
import { createBackupCipher } from '../backup/age.ts';
import { createEndpoint } from '../endpoint/endpoint.ts';
import { createEngine } from '../engine/engine.ts';
import type { EndpointControl } from '../engine/ports/endpoint.ts';
import type { DecisionLog } from '../engine/ports/ports.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import { createClock } from '../platform/clock.ts';
import { certificateNames } from '../platform/names.ts';
import { createRandom } from '../platform/random.ts';
import { renderSnippet } from '../snippets/render.ts';
import { storageError } from '../store/database/errors.ts';
import { acquireFolder, databaseIn, type OwnedFolder } from '../store/database/folder.ts';
import { withClosing } from '../system/closing.ts';
import type { Dispatch } from '../transport/dispatch.ts';
import { type Caller, outputOf } from '../transport/reply.ts';
import { createVault } from '../vault/vault.ts';
import { createInstallation } from './about.ts';
import { createAutoLock } from './autoLock.ts';
import { createCertificateKeeper } from './certificates.ts';
import { decideOrSubmit } from './decideOrSubmit.ts';
import { createDecisionLog } from './decisionLog.ts';
import { createEventBus, type EventBus } from './events.ts';
import { createMachine } from './machine.ts';
import { bindingFault, openData } from './openData.ts';
import { createPreferences } from './preferences.ts';
import { createRotation } from './rotation.ts';
import { createSteps } from './steps.ts';
import { createUpkeep } from './upkeep.ts';
import { guardVault } from './vaultGuard.ts';

export interface AppOptions {
  /** The data folder; made when it is not there. */
  readonly folder: string;
  /** Who we are, for another process that finds the folder owned. */
  readonly what?: string;
  /** Whether pages run in Chromium's sandbox, where this program shows a window of its own. */
  readonly sandbox?: 'on' | 'off';
  /** Milliseconds since 1970; tests move it. */
  readonly realTimeMs?: () => number;
  /** Hears of faults that nobody's input should cause, and of what people should know: then it is a `KeyfobError`. */
  readonly onError?: (error: unknown) => void;
  /** Another process may own the folder now, so this one should end. Nothing is answered from then on. */
  readonly onLost?: (error: KeyfobError) => void;
}

/** Keyfob in one process: the owner of one data folder. */
export interface App {
  /** Calls one contract method; rejects with `KeyfobError`. */
  readonly call: Caller;
  /** The same for a transport: answers with an envelope, never rejects. */
  readonly dispatch: Dispatch;
  readonly vault: Pick<VaultControl, 'status' | 'unlock'>;
  /** The screen was locked or the machine is about to sleep: locks the vault, unless a setting says otherwise. */
  screenLocked(): void;
  readonly endpoint: Pick<EndpointControl, 'start'>;
  readonly events: Pick<EventBus, 'onAny'>;
  /** The settings, also while the vault is locked: they are not sealed. */
  readonly settings: () => Settings;
  /** Answers what runs, writes all down, closes the store and gives the folder free. */
  close(): Promise<void>;
}

/**
 * Opens a data folder. The vault stays as it is: locked, or not there yet. Throws `folder_owned`, `refused` (a folder or files of
 * others), `database_missing`, `database_newer`, `database_damaged`, `vault_mismatch`, `storage_full`, and what is wrong with `vault.json`.
 */
export const openApp = (options: AppOptions): Promise<App> =>
  withClosing(
    async (opened) => {
      const owned = acquireFolder(options.folder, options.what ?? 'keyfob');
      opened.defer(owned.release);
      const app = await compose(options, owned, opened).catch((error: unknown) => {
        throw storageError(error);
      });
      const kept = opened.move();
      return { ...app, close: () => kept.disposeAsync() };
    },
    options.onError ?? (() => undefined),
  );

/** An idle process notices this late that its files are gone. */
const lookEveryMs = 2000;

async function compose(
  {
    folder,
    what = 'keyfob',
    sandbox,
    realTimeMs = Date.now,
    onError: tell = () => undefined,
    onLost = tell,
  }: AppOptions,
  owned: OwnedFolder,
  closing: AsyncDisposableStack,
): Promise<Omit<App, 'close'>> {
  const onError = (error: unknown) => tell(storageError(error));
  const database = databaseIn(folder);
  const caFile = join(folder, 'ca.pem');
  const random = createRandom();
  const sealed = createVault({
    folder,
    random,
    holdsSealedRows: () => store.users.list().length > 0,
    beforeLock: async () => {
      await endpoint.stop();
      await rotation.pause();
      await commit.drain();
    },
  });
  const opened = await openData(folder, sealed.sealer, {
    folderError: owned.error,
    onFailure(failure) {
      if (failure === owned.error()) onLost(failure);
      else onError(failure);
      // Not within the transaction that found it, which takes its events along.
      queueMicrotask(() => events.emit('endpoint.changed', endpoint.status()));
    },
  });
  closing.defer(opened.close);
  owned.databaseOpened();
  if (owned.logLost) onError(logLost());
  const { store, commit, certificates } = opened;
  const { submit } = commit;
  const storeFault = () => {
    commit.checkFiles();
    return commit.failure;
  };
  const events = createEventBus(commit);
  const clock = createClock({ offsetSeconds: () => store.settings.read().clockOffsetSeconds, realTimeMs });
  const installationId = () => sealed.installationId();
  const keeper = createCertificateKeeper({ certificates, submit, installationId, realTimeMs, caFile, onError });
  /** Writes down which vault seals the values here, before anything of another one is dropped. */
  const bindVault = async () => {
    await commit.synced();
    const vault = sealed.identity();
    const bound = opened.vaultBinding.read();
    if (bound?.installationId === vault.installationId && bound.check === vault.check) return;
    await submit(() => opened.vaultBinding.write(vault));
  };

  const endpoint = createEndpoint({
    get oauth() {
      return engine.oauth;
    },
    run: decideOrSubmit(commit, opened.rulesVersion),
    clock,
    events,
    settings: () => store.settings.read(),
    certificate: keeper.serverCertificate,
    ca: keeper.ca,
    checkNames: certificateNames,
    caFile,
    storeFault,
    asKnown: storageError,
    onError,
  });
  closing.defer(endpoint.close);
  const rotation = createRotation({
    vault: {
      status: sealed.status,
      async finishRotation() {
        await bindVault();
        await sealed.finishRotation();
      },
    },
    sealedRows: opened.sealedRows,
    submit,
    erase: opened.secureDelete,
    onProgress: () => events.emit('vault.rotating', { rotation: rotation.status() }),
    onError,
  });
  closing.defer(async () => {
    await rotation.pause();
    await rotation.ended().catch(() => undefined);
  });
  const vault = guardVault(sealed, {
    rotation,
    keepsServing: () => store.settings.read().keepServingWhenLocked && endpoint.status().running,
    storeFault,
    onOpened: async () => {
      await bindVault();
      await submit(() => engine.seed());
      await keeper.ensureCa();
      upkeep.begin();
    },
    onLocked: opened.dropCaches,
    onChanged: () => events.emit('vault.changed', vault.status()),
  });
  const autoLock = createAutoLock({ vault, settings: () => store.settings.read(), events, realTimeMs, onError });
  closing.defer(autoLock.stop);
  const ring = createDecisionLog();
  // A decision within a transaction may be made twice.
  const decisions: DecisionLog = { ...ring, add: (entry) => commit.afterRun(() => ring.add(entry)) };
  const installation = createInstallation(folder, database, what, sandbox);
  const engine = createEngine({
    clock,
    random,
    store,
    decisions,
    events,
    vault,
    autoLock,
    endpoint,
    preferences: createPreferences(join(folder, 'preferences.json')),
    installation,
    renderSnippet,
    backupCipher: createBackupCipher(),
    steps: createSteps(submit),
    machine: createMachine(folder, database, {
      certificates,
      storeFault,
      vaultFault: () => bindingFault(folder, opened.vaultBinding.read()),
    }),
  });

  const upkeep = createUpkeep({
    submit,
    engine,
    events,
    settings: () => store.settings.read(),
    eraseDropped: opened.secureDeleteValues,
    onError,
  });
  closing.defer(upkeep.stop);

  // Loaded with the first call: parsing needs zod, and an answer of the endpoint does not.
  const isLocked = () => vault.status().state;
  const dispatchParts = { handlers: engine.handlers, submit, isLocked, asKnown: storageError, onError };
  let loaded: Promise<Dispatch> | undefined;
  const dispatch: Dispatch = async (call, options) => {
    loaded ??= import('../transport/dispatch.ts').then(({ createDispatch }) => createDispatch(dispatchParts));
    const reply = await (await loaded)(call, options);
    if (commit.unsynced) await commit.synced().catch(() => undefined);
    return reply;
  };
  const call: Caller = async (method, input, options) => {
    const reply = await dispatch({ method, input }, options);
    return outputOf(reply) as Awaited<ReturnType<typeof call<typeof method>>>;
  };

  const beat = setInterval(commit.checkFiles, lookEveryMs).unref();
  closing.defer(() => clearInterval(beat));

  return {
    call,
    dispatch,
    vault: { status: vault.status, unlock: (passphrase) => vault.unlock(passphrase).catch(rethrowKnown) },
    screenLocked: autoLock.screenLocked,
    endpoint: { start: (at) => endpoint.start(at).catch(rethrowKnown) },
    events,
    settings: () => store.settings.read(),
  };
}

const logLost = (): KeyfobError =>
  new KeyfobError(
    'database_damaged',
    'Keyfob did not close keyfob.db when it ended last, and its log keyfob.db-wal is gone since: what was written last may be lost; if there is a copy of both, put it back.',
  );

const rethrowKnown = (error: unknown): never => {
  throw storageError(error);
};
