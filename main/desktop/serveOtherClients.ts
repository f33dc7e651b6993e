import type { App } from '../app/app.ts';
import { type BrowserHost, startBrowserHost } from '../browserHost/host.ts';
import { windowFolder } from '../page/folder.ts';
import { controlSocketPath } from '../platform/folders.ts';
import { logError } from '../system/logError.ts';
import { startControl } from '../transport/control.ts';

/** Starts the endpoint now if the vault is open, and whenever it is opened. A port that is taken is a matter of the window. */
export function serveWhileOpen(app: App): void {
  const isOpen = () => app.vault.status().state === 'unlocked';
  const start = () => {
    // Its status says that it does not run, and the start from there says why.
    app.endpoint.start({}).catch(() => undefined);
  };
  let open = isOpen();
  if (open) start();
  app.events.onAny((name) => {
    if (name !== 'vault.changed') return;
    if (!open && isOpen()) start();
    open = isOpen();
  });
}

/** What other processes of the same person reach beside the window: the command line, and a browser if they want one. */
export async function serveOthers(app: App, folder: string): Promise<{ close(): Promise<void> }> {
  const parts = { dispatch: app.dispatch, subscribe: app.events.onAny, onError: logError };
  let host: Promise<BrowserHost> | undefined;
  const control = await startControl({
    ...parts,
    folder,
    socketPath: () => controlSocketPath(folder, process.env, process.platform),
    // Nothing listens for browsers before somebody asks.
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
