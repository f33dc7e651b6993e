import { setTimeout as delay } from 'node:timers/promises';
import type { EndpointRequest, EndpointStatus } from '../../preload/contract/endpoint.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { type App, openApp } from '../app/app.ts';
import { type BrowserHost, startBrowserHost, usualPort } from '../browserHost/host.ts';
import { note, reportError } from '../cli/output/report.ts';
import { flushOutput } from '../cli/output/stdout.ts';
import type { ServeFlags } from '../cli/program/program.ts';
import { givenSecret } from '../cli/secrets/secrets.ts';
import { openVault } from '../cli/session/openVault.ts';
import type { PresentWindow } from '../cli/session/parts.ts';
import { timeOfDay } from '../cli/text/values.ts';
import { windowFolder } from '../page/folder.ts';
import { controlSocketPath } from '../platform/folders.ts';
import { withClosing } from '../system/closing.ts';
import { endNow } from '../system/endNow.ts';
import { logError } from '../system/logError.ts';
import { onStopSignals } from '../system/stopSignals.ts';
import { visible } from '../system/visible.ts';
import { startControl } from '../transport/control.ts';

/** How long opening the vault may hold up the window. */
const mostPatienceMs = 1000;

interface Stop {
  /** Resolves at the first signal to stop. */
  readonly signal: Promise<void>;
  asked: boolean;
}

let stopping: Stop | undefined;

/** The same one for each try to serve: a folder may be owned at first. */
function stopSignal(): Stop {
  if (stopping !== undefined) return stopping;
  const { promise: signal, resolve } = Promise.withResolvers<void>();
  const stop: Stop = { signal, asked: false };
  const ask = () => {
    stop.asked = true;
    resolve();
  };
  onStopSignals(ask, () => endNow(1));
  stopping = stop;
  return stop;
}

function requestLine({ atMs, method, path, status, clientId, grantType, tokenId, error }: EndpointRequest): string {
  const token = tokenId === undefined ? undefined : `token ${tokenId}`;
  const told = [timeOfDay(new Date(atMs)), method, path, status, clientId, grantType, token, error];
  return told.filter((part) => part !== undefined).join(' ');
}

function readyLines({ tokenUrl, httpTokenUrl, caFile }: EndpointStatus, windowUrl: string | undefined): string {
  const lines = [
    ['Token endpoint', tokenUrl],
    ['Plain HTTP', httpTokenUrl],
    ['Window (opens once)', windowUrl],
    ['CA certificate', caFile],
  ] as const;
  const told = lines.flatMap(([what, value]) => (value === undefined ? [] : [`${what.padEnd(19)}  ${value}`]));
  return [...told, 'Press Ctrl-C to stop.'].join('\n');
}

/** Opens the vault with what is given here, or, when that does not do and we may wait, leaves it to another command. */
async function openHere(app: App, wait: boolean, host: BrowserHost | undefined): Promise<void> {
  try {
    await openVault(app, note);
  } catch (error) {
    if (!wait || !(error instanceof KeyfobError)) throw error;
    const window = host === undefined ? '' : `, or its window: ${host.newUrl()}`;
    note(`${error.message} Waiting until another command has done so${window}`);
  }
}

/** The same behind a window, which asks for what is not given. */
async function openUnasked(app: App): Promise<void> {
  const { state, mode } = app.vault.status();
  const opensByItself = state === 'locked' && mode === 'keychain';
  if (!opensByItself && givenSecret('passphrase') === undefined) return;
  await openVault(app, note).catch((error: unknown) => reportError(error, false));
}

async function startWindow(app: App, { window = true, uiPort }: ServeFlags): Promise<BrowserHost | undefined> {
  if (!window) return undefined;
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

interface Surroundings {
  readonly folder: string;
  readonly flags: ServeFlags;
  readonly stop: Stop;
  readonly present: PresentWindow | undefined;
  /** What is opened here, to be closed in reverse. */
  readonly opened: AsyncDisposableStack;
}

async function serveApp(app: App, { folder, flags, stop, present, opened }: Surroundings): Promise<void> {
  const { port, httpPort, json = false, quiet = false, wait = false } = flags;
  const host = await startWindow(app, flags);
  if (host !== undefined) opened.defer(host.close);
  let ready: EndpointStatus | undefined;
  /** Again on the same ports, where any free ones had been asked for. */
  const start = async () => {
    const status = await app.endpoint.start(
      ready ? { port: ready.port, httpPort: ready.httpPort ?? null } : { port, httpPort },
    );
    const first = ready === undefined;
    ready = status;
    // A window that was shown has its address told, and with JSON that is the one document.
    if (!first || (present !== undefined && json)) return;
    const windowUrl = present === undefined ? host?.newUrl() : undefined;
    process.stdout.write(
      `${json ? JSON.stringify({ ...status, windowUrl, pid: process.pid }) : readyLines(status, windowUrl)}\n`,
    );
    await flushOutput();
  };
  const isOpen = () => app.vault.status().state === 'unlocked';
  const onFault = (error: unknown) => reportError(error, json);

  const opening = present === undefined ? openHere(app, wait, host) : openUnasked(app);
  // A window does not wait for somebody to answer the keychain's question.
  const patience = present === undefined ? [] : [delay(mostPatienceMs, undefined, { ref: false })];
  await Promise.race([opening, stop.signal, ...patience]);
  if (stop.asked) return;
  const control = await startControl({
    folder,
    socketPath: () => controlSocketPath(folder, process.env, process.platform),
    dispatch: app.dispatch,
    subscribe: app.events.onAny,
    windowUrl: host?.newUrl,
    onError: logError,
  });
  opened.defer(control.close);
  if (present !== undefined && host !== undefined) {
    opened.defer(present(host.newUrl));
    await Promise.race([opening, stop.signal]);
  }
  let open = isOpen();
  app.events.onAny((name, data) => {
    if (name === 'endpoint.request' && !json && !quiet) {
      process.stderr.write(`${visible(requestLine(data as EndpointRequest))}\n`);
    }
    if (name !== 'vault.changed') return;
    // Locking stopped the endpoint; whoever unlocks wants it back.
    if (!open && isOpen()) start().catch(onFault);
    open = isOpen();
  });
  // Behind a window, a port that is taken is a matter of its settings.
  if (open && !stop.asked) await (present === undefined ? start() : start().catch(onFault));
  await stop.signal;
}

/**
 * Serves a data folder until a signal says stop: the endpoint to clients, the contract to other processes of the same
 * person, the window to a browser. A few lines on stdout when ready, with JSON one; with `present`, the window comes first, and opens the vault.
 * Throws `folder_owned`, `refused`, `storage_full`, `port_in_use`, what opening folder and vault throws, and `folder_lost` once another
 * process may own the folder; then nothing stays open.
 */
export async function serve(folder: string, flags: ServeFlags, present?: PresentWindow): Promise<void> {
  const stop = stopSignal();
  const what = present === undefined ? 'keyfob serve' : 'keyfob window';
  const lost = Promise.withResolvers<never>();
  // It may come before somebody waits for it.
  lost.promise.catch(() => {});
  await withClosing(async (opened) => {
    if (stop.asked) return;
    const app = await openApp({ folder, what, onError: logError, onLost: lost.reject });
    opened.defer(app.close);
    await Promise.race([serveApp(app, { folder, flags, stop, present, opened }), lost.promise]);
  }, logError);
}
