import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../preload/contract/errors.ts';
import { type App, type AppOptions, openApp } from '../app/app.ts';
import { logError } from '../system/logError.ts';
import { connectControl } from '../transport/client.ts';

/** How long an owner may take that is starting, ending, or a short command. */
const patienceMs = 2000;
const pauseMs = 50;

/** Asks whoever sits there what to do about a folder that is owned; `windowUrl` opens the owner's window, where it serves one. */
export type AskOwned = (owned: KeyfobError, windowUrl: string | undefined) => Promise<'retry' | 'quit'>;

/**
 * Opens a data folder, or asks what to do while another process owns it. `undefined`: nothing, and quit. Throws what opening
 * throws.
 */
export async function ownFolder(options: AppOptions, ask: AskOwned): Promise<App | undefined> {
  for (let waitedMs = 0; ; ) {
    try {
      return await openApp({ ...options, onError: logError });
    } catch (error) {
      if (!(error instanceof KeyfobError) || error.code !== 'folder_owned') throw error;
      // Who serves no window, or is gone again, is told of without.
      const windowUrl = await connectControl(options.folder)
        ?.windowUrl()
        .catch(() => undefined);
      if (windowUrl !== undefined || waitedMs >= patienceMs) {
        if ((await ask(error, windowUrl)) === 'quit') return undefined;
        waitedMs = 0;
        continue;
      }
      waitedMs += pauseMs;
      await delay(pauseMs);
    }
  }
}
