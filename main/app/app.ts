import { join } from 'node:path';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import type { Settings } from '../../preload/contract/settings/settings.ts';
import { createBackupCipher } from '../backup/age.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import type { EndpointControl } from '../engine/ports/endpoint.ts';
import type { VaultControl } from '../engine/ports/vault.ts';
import { createCallWriter } from '../exports/call.ts';
import { writeApplication } from '../exports/server.ts';
import { createExportWriter } from '../exports/write.ts';
import { qrCode } from '../platform/qrCode.ts';
import { sha256 } from '../platform/sha256.ts';
import { openCallbackReceiver } from '../runner/callback/callbackReceiver.ts';
import { createRunCall } from '../runner/runCall.ts';
import { encodeFormValue, encodeUrl } from '../snippets/encode.ts';
import { renderSnippet } from '../snippets/render.ts';
import { storageError } from '../store/database/errors.ts';
import { acquireFolder, type OwnedFolder } from '../store/database/folder.ts';
import { withClosing } from '../system/closing.ts';
import { createInstallation } from './about.ts';
import { type Calls, createCalls } from './calls.ts';
import { type Foundation, openFoundation } from './data/foundation.ts';
import { bindingFault } from './data/openData.ts';
import { createPreferences } from './data/preferences.ts';
import { createDecisionLog } from './decisionLog.ts';
import { endSignInsWithEndpoint } from './endSignIns.ts';
import type { EventBus } from './events.ts';
import { createMachine } from './machine.ts';
import { createServerCaFile } from './serverCaFile.ts';
import { createServing, type Reach, type Serving } from './serving.ts';
import { createSteps } from './steps.ts';
import { createUpkeep } from './upkeep.ts';
import { createVaultLifecycle, type VaultLifecycle } from './vault/vaultLifecycle.ts';

export interface AppOptions {
  /** The data folder; it is created if it does not exist. */
  readonly folder: string;
  /** Names this program to another process that finds the folder owned. */
  readonly what?: string;
  /** Whether pages run in Chromium's sandbox, if this program shows its own window. */
  readonly sandbox?: 'on' | 'off';
  /** Widens where the endpoint answers. Without it, the settings decide. */
  readonly reach?: Reach;
  /** Milliseconds since 1970; tests move it. */
  readonly realTimeMs?: () => number;
  /** Called with unexpected errors, and with a `KeyfobError` that people should see. */
  readonly onError?: (error: unknown) => void;
  /** Called when another process may own the folder. Nothing is answered any more, so this process should end. */
  readonly onLost?: (error: KeyfobError) => void;
}

/** Keyfob in one process: the owner of one data folder. */
export interface App extends Calls {
  readonly vault: Pick<VaultControl, 'status' | 'unlock'>;
  /** The screen was locked or the machine is about to sleep. Locks the vault, unless a setting disables that. */
  screenLocked(): void;
  readonly endpoint: Pick<EndpointControl, 'start' | 'status'>;
  readonly events: Pick<EventBus, 'onAny'>;
  /** The settings; they are not sealed, so the vault may be locked. */
  readonly settings: () => Settings;
  /** Answers running requests, writes all changes, closes the store and releases the folder. */
  close(): Promise<void>;
}

/**
 * Opens a data folder. The vault stays locked or absent. Throws `folder_owned`, `refused` (other users' folder or files),
 * `database_missing`, `database_newer`, `database_damaged`, `vault_mismatch`, `storage_full`, and as `readVaultFile`.
 */
export const openApp = (options: AppOptions): Promise<App> =>
  withClosing(
    async (closing) => {
      const owned = acquireFolder(options.folder, options.what ?? 'keyfob');
      closing.defer(owned.release);
      const app = await compose(options, owned, closing).catch((error: unknown) => {
        throw storageError(error);
      });
      const resources = closing.move();
      return { ...app, close: () => resources.disposeAsync() };
    },
    options.onError ?? (() => undefined),
  );

/** An idle process notices after this time that its files are missing. */
const checkFilesEveryMs = 2000;

/** Creates the parts of an app in an owned folder, and connects them. */
async function compose(
  options: AppOptions,
  owned: OwnedFolder,
  closing: AsyncDisposableStack,
): Promise<Omit<App, 'close'>> {
  const { folder, realTimeMs = Date.now, onError: report = () => undefined, onLost = report } = options;
  const base = await openFoundation(folder, owned, closing, {
    realTimeMs,
    onError: (error) => report(storageError(error)),
    onLost,
    onStoreFault: () => base.events.emit('endpoint.changed', endpoint.status()),
    async beforeLock() {
      await endpoint.stop();
      await lifecycle.rotation.pause();
      await base.opened.commit.drain();
    },
  });
  const { opened, events, settings, onError } = base;
  const { submit, checkFiles } = opened.commit;
  const serving = createServing(base, () => engine, closing, options.reach ?? { names: [] });
  const { endpoint } = serving;
  const lifecycle = createVaultLifecycle(
    base,
    {
      isServing: () => endpoint.status().running,
      async onOpened() {
        await submit(() => engine.seed());
        await Promise.all([serving.ensureCa(), serving.signingKeys.ensure()]);
        upkeep.begin();
      },
      onLocked() {
        endpoint.requests.wipeDetails();
        // The validation cache holds token values.
        engine.gateway.evict();
        serving.forgetCallers();
        serving.signingKeys.forget();
      },
    },
    closing,
  );
  const { vault, autoLock } = lifecycle;
  const engine = createAppEngine(base, serving, lifecycle, options);
  const upkeep = createUpkeep({
    submit,
    engine,
    events,
    settings,
    secureDeleteValues: opened.secureDeleteValues,
    onError,
  });
  closing.defer(upkeep.stop);
  const fileCheck = setInterval(checkFiles, checkFilesEveryMs).unref();
  closing.defer(() => clearInterval(fileCheck));

  return {
    ...createCalls(base, engine.handlers, vault),
    vault: { status: vault.status, unlock: (passphrase) => vault.unlock(passphrase).catch(rethrowKnown) },
    screenLocked: autoLock.screenLocked,
    endpoint: { status: endpoint.status, start: (at) => endpoint.start(at).catch(rethrowKnown) },
    events,
    settings,
  };
}

/** Creates the engine over the parts of an app. */
function createAppEngine(
  { folder, database, opened, clock, random, events, storeFault }: Foundation,
  { endpoint, signingKeys }: Serving,
  { vault, autoLock }: VaultLifecycle,
  { what = 'keyfob', sandbox }: AppOptions,
): Engine {
  const { store, commit, certificates, vaultBinding } = opened;
  const decisionLog = createDecisionLog();
  return createEngine({
    clock,
    random,
    sha256,
    store,
    decisions: {
      ...decisionLog,
      // A transaction may run twice, so its decision is logged after the final run.
      add: (entry) => (commit.running ? commit.afterRun(() => decisionLog.add(entry)) : decisionLog.add(entry)),
    },
    events,
    vault,
    autoLock,
    endpoint,
    preferences: createPreferences(join(folder, 'preferences.json')),
    installation: createInstallation(folder, database, what, sandbox),
    writeExport: createExportWriter(renderSnippet, qrCode),
    writeApplication,
    writeCall: createCallWriter(renderSnippet),
    renderSnippet,
    runCall: createRunCall({ encoding: { url: encodeUrl, formValue: encodeFormValue } }),
    serverCaFile: createServerCaFile(folder),
    openCallbackReceiver: endSignInsWithEndpoint(openCallbackReceiver, events),
    backupCipher: createBackupCipher(),
    parseDocument: async (...asked) => (await import('../platform/documents/document.ts')).parseDocument(...asked),
    formatDocument: async (value) => (await import('../platform/documents/document.ts')).formatDocument(value),
    unzip: async (archive) => (await import('../platform/documents/unzip.ts')).unzip(archive),
    steps: createSteps(commit.submit),
    signer: signingKeys,
    signingKeys,
    machine: createMachine(folder, database, {
      certificates,
      storeFault,
      vaultFault: () => bindingFault(folder, vaultBinding.read()),
    }),
  });
}

const rethrowKnown = (error: unknown): never => {
  throw storageError(error);
};
