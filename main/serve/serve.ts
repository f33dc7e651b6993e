import { copyFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { EndpointStatus } from '../../preload/contract/endpoint.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { type App, type AppOptions, openApp } from '../app/app.ts';
import { onUnlocked } from '../app/onUnlocked.ts';
import { type BrowserHost, startBrowserHost, usualPort } from '../browserHost/host.ts';
import { note, reportError } from '../cli/output/report.ts';
import { flushOutput } from '../cli/output/stdout.ts';
import type { ServeFlags } from '../cli/program/actions.ts';
import { givenSecret } from '../cli/secrets/secrets.ts';
import { openVault } from '../cli/session/openVault.ts';
import type { PresentWindow } from '../cli/session/parts.ts';
import { windowFolder } from '../page/folder.ts';
import { controlSocketPath } from '../platform/folders.ts';
import { withClosing } from '../system/closing.ts';
import { endNow } from '../system/endNow.ts';
import { systemError } from '../system/errors.ts';
import { logError } from '../system/logError.ts';
import { onStopSignals } from '../system/stopSignals.ts';
import { startControl } from '../transport/control.ts';
import { writeCaFolder } from './caFolder.ts';
import { openEphemeralApp } from './ephemeral.ts';
import { printRequests, readyEntry, stoppingEntry } from './log.ts';
import { applySeed, readSeed } from './seed.ts';

/** How long unlocking the vault may delay the window. */
const unlockFirstMs = 1000;

interface Stop {
  /** Resolves at the first signal to stop. */
  readonly signal: Promise<void>;
  requested: boolean;
}

let stopping: Stop | undefined;

/** One stop for all attempts to serve: `keyfob window` retries while another process owns the folder. */
function stopSignal(): Stop {
  if (stopping !== undefined) return stopping;
  const { promise: signal, resolve } = Promise.withResolvers<void>();
  const stop: Stop = { signal, requested: false };
  const request = () => {
    stop.requested = true;
    resolve();
  };
  onStopSignals(request, () => endNow(1));
  stopping = stop;
  return stop;
}

function readyLines({ tokenUrl, httpTokenUrl, port, caFile }: EndpointStatus, windowUrl: string | undefined): string {
  const lines = [
    ['Token endpoint', tokenUrl],
    ['Plain HTTP', httpTokenUrl],
    ['APIs', port && `https://localhost:${port}/echo/1.0 and others`],
    ['Window (opens once)', windowUrl],
    ['CA certificate', caFile],
  ] as const;
  const shown = lines.flatMap(([label, value]) => (value === undefined ? [] : [`${label.padEnd(19)}  ${value}`]));
  return [...shown, 'Press Ctrl-C to stop.'].join('\n');
}

/** Unlocks the vault for `keyfob serve`. With `--wait`, an error is printed and another command may unlock it later. */
async function unlockForServe(app: App, wait: boolean, host: BrowserHost | undefined): Promise<void> {
  try {
    await openVault(app, note);
  } catch (error) {
    if (!wait || !(error instanceof KeyfobError)) throw error;
    const window = host === undefined ? '' : `, or use the window: ${host.newUrl()}`;
    note(`${error.message} Waiting for another command to do it${window}`);
  }
}

/** Unlocks the vault for `keyfob window` if that needs no prompt. Otherwise the window prompts. */
async function unlockForWindow(app: App): Promise<void> {
  const { state, mode } = app.vault.status();
  const needsNoPassphrase = state === 'locked' && mode === 'keychain';
  if (!needsNoPassphrase && givenSecret('passphrase') === undefined) return;
  await openVault(app, note).catch((error: unknown) => reportError(error, false));
}

/** Serves the window for a browser, unless the flags forbid it. */
export async function startWindow(
  app: App,
  { window = true, ephemeral = false, uiPort }: ServeFlags,
): Promise<BrowserHost | undefined> {
  if (!window || ephemeral) return undefined;
  const host = await startBrowserHost({
    port: uiPort,
    folder: windowFolder(),
    dispatch: app.dispatch,
    subscribe: app.events.onAny,
    onError: logError,
  });
  if (uiPort === undefined && host.port !== usualPort) {
    note(`Port ${usualPort} is in use, so the window is on port ${host.port}.`);
  }
  return host;
}

interface Serving {
  readonly app: App;
  readonly folder: string;
  readonly flags: ServeFlags;
  readonly stop: Stop;
  readonly present: PresentWindow | undefined;
  readonly host: BrowserHost | undefined;
  /** Open resources, closed in reverse order. */
  readonly opened: AsyncDisposableStack;
}

async function copyCa(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    throw systemError(error, to);
  }
}

/**
 * Returns a function that starts the endpoint. The first start prints the addresses. Later ones use the same ports, even if the
 * first used any free ones.
 */
function createEndpointStart({ app, flags, present, host }: Serving): () => Promise<void> {
  const { port, httpPort, json = false, log, seed, caFile, caOut } = flags;
  let first: EndpointStatus | undefined;
  return async () => {
    if (first !== undefined) {
      await app.endpoint.start({ port: first.port, httpPort: first.httpPort ?? null });
      return;
    }
    if (seed !== undefined) await applySeed(app, await readSeed(seed), process.env);
    first = await app.endpoint.start({ port, httpPort });
    if (caFile !== undefined) await copyCa(first.caFile, caFile);
    if (caOut !== undefined) writeCaFolder(caOut, first);
    // `keyfob window --json` has printed its one document already.
    if (present !== undefined && json) return;
    const windowUrl = present === undefined ? host?.newUrl() : undefined;
    if (log === 'json') {
      process.stdout.write(readyEntry(first));
      return;
    }
    const text = json ? JSON.stringify({ ...first, windowUrl, pid: process.pid }) : readyLines(first, windowUrl);
    process.stdout.write(`${text}\n`);
    await flushOutput();
  };
}

/** Lets other processes of the same user call the app. */
export async function serveCommands({
  app,
  folder,
  host,
  opened,
}: Pick<Serving, 'app' | 'folder' | 'host' | 'opened'>): Promise<void> {
  const control = await startControl({
    folder,
    socketPath: () => controlSocketPath(folder, process.env, process.platform),
    dispatch: app.dispatch,
    subscribe: app.events.onAny,
    windowUrl: host?.newUrl,
    onError: logError,
  });
  opened.defer(control.close);
}

async function serveApp(serving: Serving): Promise<void> {
  const { app, flags, stop, present, host, opened } = serving;
  const unlocking = present === undefined ? unlockForServe(app, flags.wait === true, host) : unlockForWindow(app);
  // The keychain may ask the user, and the window does not wait for the answer.
  const limit = present === undefined ? [] : [delay(unlockFirstMs, undefined, { ref: false })];
  await Promise.race([unlocking, stop.signal, ...limit]);
  if (stop.requested) return;
  await serveCommands(serving);
  if (present !== undefined && host !== undefined) {
    opened.defer(present(host.newUrl));
    await Promise.race([unlocking, stop.signal]);
  }
  printRequests(app, flags);
  const start = createEndpointStart(serving);
  const startOrReport = () => start().catch((error: unknown) => reportError(error, flags.json === true));
  const isUnlocked = onUnlocked(app, startOrReport);
  // With a window, a taken port is no reason to end: its settings can change the port.
  if (isUnlocked && !stop.requested) await (present === undefined ? start() : startOrReport());
  await stop.signal;
  if (flags.log === 'json') process.stdout.write(stoppingEntry());
}

/** Throws `bad_input` for flags that only an ephemeral process may have, because its authority is trusted by nobody else. */
function demandEphemeral({ ephemeral = false, host, name, home }: ServeFlags): void {
  if (ephemeral && home !== undefined) {
    throw new KeyfobError('bad_input', '--ephemeral has its own folder, so leave --home out.');
  }
  const flag = host !== undefined ? '--host' : name !== undefined ? '--name' : undefined;
  if (ephemeral || flag === undefined) return;
  throw new KeyfobError(
    'bad_input',
    `${flag} needs --ephemeral. For a kept data folder, run \`keyfob settings write --extra-names\` instead.`,
  );
}

/** Opens the data folder of these flags, and says what is reachable from other machines. */
async function openFolder(
  kept: string,
  { ephemeral = false, host, name = [] }: ServeFlags,
  options: Omit<AppOptions, 'folder'>,
  opened: AsyncDisposableStack,
): Promise<{ readonly app: App; readonly folder: string }> {
  if (!ephemeral) {
    const app = await openApp({ ...options, folder: kept });
    opened.defer(app.close);
    return { app, folder: kept };
  }
  if (host !== undefined) note(`--host ${host}: other machines can reach this endpoint and its gateway.`);
  return await openEphemeralApp({ ...options, reach: { host, names: name } }, opened);
}

/**
 * Serves a data folder until a signal: the endpoint for clients, the contract for other processes of the same user, the window
 * for a browser. Prints the addresses when ready. `present` shows the window first, which can unlock the vault. Throws
 * `folder_owned`, `refused`, `storage_full`, `port_in_use`, errors of opening folder and vault, and `folder_lost` once another
 * process may own the folder. With `--ephemeral`, the folder is a temporary one. After an error nothing stays open.
 */
export async function serve(kept: string, flags: ServeFlags, present?: PresentWindow): Promise<void> {
  demandEphemeral(flags);
  const stop = stopSignal();
  const what = present === undefined ? 'keyfob serve' : 'keyfob window';
  const lost = Promise.withResolvers<never>();
  // The folder may be lost before the race below starts.
  lost.promise.catch(() => {});
  await withClosing(async (opened) => {
    if (stop.requested) return;
    const options = { what, onError: logError, onLost: lost.reject };
    const { app, folder } = await openFolder(kept, flags, options, opened);
    const serveUntilStopped = async () => {
      const host = await startWindow(app, flags);
      if (host !== undefined) opened.defer(host.close);
      await serveApp({ app, folder, flags, stop, present, host, opened });
    };
    await Promise.race([serveUntilStopped(), lost.promise]);
  }, logError);
}
