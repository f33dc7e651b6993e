import type { EndpointRequest, EndpointStatus } from '../preload/contract/endpoint.ts';
import { KeyfobError } from '../preload/contract/errors.ts';
import { type App, openApp } from './app.ts';
import { openVault } from './cli/openVault.ts';
import type { ServeFlags } from './cli/program.ts';
import { note, reportError, reportFault } from './cli/report.ts';
import { timeOfDay, visible } from './cli/values.ts';
import { controlSocketPath } from './platform/folders.ts';
import { startControl } from './transport/control.ts';

/** One Ctrl-C may arrive twice: from the terminal, and from a parent that passes it on. */
const sameSignalMs = 500;

/** Resolves at the first signal to stop. A later one ends the process at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let firstAt: number | undefined;
    const onSignal = () => {
      if (firstAt !== undefined && performance.now() - firstAt > sameSignalMs) process.exit(1);
      firstAt ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  });
}

function requestLine({ atMs, method, path, status, clientId, grantType, tokenId, error }: EndpointRequest): string {
  const token = tokenId === undefined ? undefined : `token ${tokenId}`;
  const told = [timeOfDay(new Date(atMs)), method, path, status, clientId, grantType, token, error];
  return told.filter((part) => part !== undefined).join(' ');
}

function readyLine({ tokenUrl, httpTokenUrl, caFile }: EndpointStatus): string {
  const urls = [tokenUrl, httpTokenUrl].filter((url) => url !== undefined).join(' and ');
  return `Serving ${urls} (certificate authority: ${caFile}); Ctrl-C stops.`;
}

/** Opens the vault with what is given here, or, when that does not do and we may wait, leaves it to another command. */
async function openHere(app: App, wait: boolean): Promise<void> {
  try {
    await openVault(app, note);
  } catch (error) {
    if (!wait || !(error instanceof KeyfobError)) throw error;
    note(`${error.message} This waits until another command has done so.`);
  }
}

async function serveApp(app: App, folder: string, flags: ServeFlags, stop: Promise<void>): Promise<void> {
  const { port, httpPort, json = false, quiet = false, wait = false } = flags;
  await openHere(app, wait);
  const control = await startControl({
    folder,
    socketPath: controlSocketPath(folder, process.env, process.platform),
    dispatch: app.dispatch,
    subscribe: app.events.onAny,
    onError: reportFault,
  });
  let ready: EndpointStatus | undefined;
  /** Again on the same ports, where any free ones had been asked for. */
  const start = async () => {
    const status = await app.endpoint.start(
      ready ? { port: ready.port, httpPort: ready.httpPort ?? null } : { port, httpPort },
    );
    if (ready === undefined) {
      process.stdout.write(`${json ? JSON.stringify({ ...status, pid: process.pid }) : readyLine(status)}\n`);
    }
    ready = status;
  };
  const isOpen = () => app.vault.status().state === 'unlocked';
  let open = isOpen();
  app.events.onAny((name, data) => {
    if (name === 'endpoint.request' && !json && !quiet) {
      process.stderr.write(`${visible(requestLine(data as EndpointRequest))}\n`);
    }
    if (name !== 'vault.changed') return;
    // Locking stopped the endpoint; whoever unlocks wants it back.
    if (!open && isOpen()) start().catch((error: unknown) => reportError(error, json));
    open = isOpen();
  });
  try {
    if (open) await start();
    await stop;
  } finally {
    await control.close();
  }
}

/**
 * Serves a data folder until a signal says stop: the endpoint to clients, the contract to other processes of the same
 * person. One line on stdout when ready. Throws `folder_owned`, `port_in_use`, and what opening the vault throws.
 */
export async function serve(folder: string, flags: ServeFlags): Promise<void> {
  const stop = stopSignal();
  const app = await openApp({ folder, what: 'keyfob serve', onError: reportFault });
  try {
    await serveApp(app, folder, flags, stop);
  } finally {
    await app.close();
  }
}
