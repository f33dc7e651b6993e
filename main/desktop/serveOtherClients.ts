import type { App } from '../app/app.ts';
import { onUnlocked } from '../app/onUnlocked.ts';
import { type BrowserHost, startBrowserHost } from '../browserHost/host.ts';
import { windowFolder } from '../page/folder.ts';
import { controlSocketPath } from '../platform/folders.ts';
import { logError } from '../system/logError.ts';
import { startControl } from '../transport/control.ts';

/** Runs the endpoint while the vault is unlocked. A taken port is no error here: the window shows it and offers another. */
export function serveWhileUnlocked(app: App): void {
  const start = () => {
    // The endpoint screen shows that it is stopped, and a start from there shows the error.
    app.endpoint.start({}).catch(() => undefined);
  };
  if (onUnlocked(app, start)) start();
}

/**
 * Serves other processes of the same user while the desktop window runs: the command line by the control socket, and a browser
 * after the first request for an address. Returns how to close both.
 */
export async function serveOtherClients(app: App, folder: string): Promise<{ close(): Promise<void> }> {
  const parts = { dispatch: app.dispatch, subscribe: app.events.onAny, onError: logError };
  let host: Promise<BrowserHost> | undefined;
  const control = await startControl({
    ...parts,
    folder,
    socketPath: () => controlSocketPath(folder, process.env, process.platform),
    // The browser host listens only after the first request for an address.
    async windowUrl() {
      host ??= startBrowserHost({ ...parts, folder: windowFolder() });
      return (await host).newUrl();
    },
  });
  return {
    async close() {
      await Promise.all([control.close(), host?.then((started) => started.close())]);
    },
  };
}
