import { setTimeout as delay } from 'node:timers/promises';
import type { EndpointRequest, EndpointStatus } from '../preload/contract/endpoint.ts';
import { KeyfobError } from '../preload/contract/errors.ts';
import { type App, openApp } from './app.ts';
import { type BrowserHost, startBrowserHost, usualPort } from './browserHost/host.ts';
import { openVault } from './cli/openVault.ts';
import type { PresentWindow } from './cli/parts.ts';
import type { ServeFlags } from './cli/program.ts';
import { note, reportError } from './cli/report.ts';
import { reportFault } from './cli/reportFault.ts';
import { givenSecret } from './cli/secrets.ts';
import { timeOfDay, visible } from './cli/values.ts';
import { windowFolder } from './page/folder.ts';
import { controlSocketPath } from './platform/folders.ts';
import { type Control, startControl } from './transport/control.ts';

/** One Ctrl-C may arrive twice: from the terminal, and from a parent that passes it on. */
const sameSignalMs = 500;

/** How long opening the vault may hold up the window. */
const mostPatienceMs = 1000;

let stopping: Promise<void> | undefined;

/** Resolves at the first signal to stop. A later one ends the process at once. */
function stopSignal(): Promise<void> {
  stopping ??= new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = () => {
      if (firstAt !== undefined && performance.now() - firstAt > sameSignalMs) process.exit(1);
      firstAt ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  });
  return stopping;
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
    onError: reportFault,
  });
  if (uiPort === undefined && host.port !== usualPort) {
    note(`Port ${usualPort} is in use, so the window is on port ${host.port}.`);
  }
  return host;
}

interface Surroundings {
  readonly folder: string;
  readonly flags: ServeFlags;
  readonly stop: Promise<void>;
  readonly present: PresentWindow | undefined;
}

async function serveApp(app: App, { folder, flags, stop, present }: Surroundings): Promise<void> {
  const { port, httpPort, json = false, quiet = false, wait = false } = flags;
  const host = await startWindow(app, flags);
  let control: Control | undefined;
  let leave: (() => void) | undefined;
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
  };
  const isOpen = () => app.vault.status().state === 'unlocked';
  const onFault = (error: unknown) => reportError(error, json);
  try {
    const opening = present === undefined ? openHere(app, wait, host) : openUnasked(app);
    // A window does not wait for somebody to answer the keychain's question.
    await (present === undefined ? opening : Promise.race([opening, delay(mostPatienceMs, undefined, { ref: false })]));
    control = await startControl({
      folder,
      socketPath: controlSocketPath(folder, process.env, process.platform),
      dispatch: app.dispatch,
      subscribe: app.events.onAny,
      windowUrl: host?.newUrl,
      onError: reportFault,
    });
    if (present !== undefined && host !== undefined) {
      leave = present(host.newUrl);
      await opening;
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
    if (open) await (present === undefined ? start() : start().catch(onFault));
    await stop;
  } finally {
    leave?.();
    await Promise.all([control?.close(), host?.close()]);
  }
}

/**
 * Serves a data folder until a signal says stop: the endpoint to clients, the contract to other processes of the same
 * person, the window to a browser. A few lines on stdout when ready, with JSON one; with `present`, the window comes first, and opens the vault.
 * Throws `folder_owned`, `port_in_use`, and what opening the vault throws.
 */
export async function serve(folder: string, flags: ServeFlags, present?: PresentWindow): Promise<void> {
  const stop = stopSignal();
  const what = present === undefined ? 'keyfob serve' : 'keyfob window';
  const app = await openApp({ folder, what, onError: reportFault });
  try {
    await serveApp(app, { folder, flags, stop, present });
  } finally {
    await app.close();
  }
}
