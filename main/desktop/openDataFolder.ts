import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { type App, type AppOptions, openApp } from '../app/app.ts';
import { logError } from '../system/logError.ts';
import { connectControl } from '../transport/client.ts';

/** How long to retry while the owner starts, ends, or runs a short command. */
const retryForMs = 2000;
const pauseMs = 50;

/** Asks the user about a data folder that another process owns. `windowUrl` opens the owner's window, if it serves one. */
export type AskAboutOwner = (error: KeyfobError, windowUrl: string | undefined) => Promise<'retry' | 'quit'>;

/**
 * Opens the data folder. While another process owns it, asks the user to retry or quit. Returns `undefined` to quit. Throws
 * errors of opening.
 */
export async function openDataFolder(options: AppOptions, ask: AskAboutOwner): Promise<App | undefined> {
  for (let waitedMs = 0; ; ) {
    try {
      return await openApp({ ...options, onError: logError });
    } catch (error) {
      if (!(error instanceof KeyfobError) || error.code !== 'folder_owned') throw error;
      // An owner without a window, or one that just ended, has no address.
      const windowUrl = await connectControl(options.folder)
        ?.windowUrl()
        .catch(() => undefined);
      if (windowUrl !== undefined || waitedMs >= retryForMs) {
        if ((await ask(error, windowUrl)) === 'quit') return undefined;
        waitedMs = 0;
        continue;
      }
      waitedMs += pauseMs;
      await delay(pauseMs);
    }
  }
}
