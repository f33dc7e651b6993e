import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { logError } from '../../system/logError.ts';
import { connectControl, noControlFile, OwnerGone, unreachable } from '../../transport/client.ts';
import { note } from '../output/report.ts';
import type { WindowFlags } from '../program/actions.ts';
import type { Parts, PresentWindow } from '../session/parts.ts';

/** How long to retry while the owner of the data folder starts or ends. */
const retryForMs = 10_000;
const pauseMs = 50;

type WindowParts = Pick<Parts, 'serve' | 'openAppWindow'>;

interface WindowContext {
  readonly folder: string;
  readonly flags: WindowFlags;
  readonly parts: WindowParts;
}

async function openInBrowser(windowUrl: string, { folder, parts }: WindowContext): Promise<void> {
  if (!(await parts.openAppWindow(windowUrl, folder))) note('No browser opened. Open the link yourself.');
}

/** Prints an address and opens it in a browser, unless `--no-open` or `--json` forbids it. */
function showAddress(windowUrl: string, pid: number, context: WindowContext): void {
  const { open = true, json = false } = context.flags;
  if (json) process.stdout.write(`${JSON.stringify({ windowUrl, pid })}\n`);
  else process.stdout.write(`Open this link (works once): ${windowUrl}\n`);
  if (open && !json) openInBrowser(windowUrl, context).catch(logError);
}

/** Shows the window of this process. Enter on the terminal opens it again at a new address. */
const presentHere =
  (context: WindowContext): PresentWindow =>
  (newUrl) => {
    const again = () => showAddress(newUrl(), process.pid, context);
    again();
    if (!process.stdin.isTTY || context.flags.json) return () => {};
    note('Press Enter for a new link, Ctrl-C to stop.');
    process.stdin.on('data', again);
    return () => {
      process.stdin.off('data', again);
      process.stdin.pause();
    };
  };

/** A new address from the owner of the data folder, or the reason why it gave none. */
async function ownersWindow(folder: string): Promise<{ readonly url: string; readonly pid: number } | string> {
  const client = connectControl(folder);
  if (client === undefined) return noControlFile;
  try {
    return { url: await client.windowUrl(), pid: client.pid };
  } catch (error) {
    if (error instanceof OwnerGone) return error.message;
    if (!(error instanceof KeyfobError) || error.code !== 'not_found') throw error;
    const message = 'The process that owns the data folder serves no window. Restart it without --no-window.';
    throw new KeyfobError('conflict', message, error.details, { cause: error });
  }
}

/**
 * Shows the window of the process that owns the data folder. Without an owner, serves one until stopped. Throws `folder_owned`
 * if the owner never answers, `conflict` if it serves no window.
 */
export async function showWindow(folder: string, flags: WindowFlags, parts: WindowParts): Promise<void> {
  const context = { folder, flags, parts };
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await parts.serve(folder, flags, presentHere(context));
    } catch (error) {
      if (!(error instanceof KeyfobError) || error.code !== 'folder_owned') throw error;
      const window = await ownersWindow(folder);
      if (typeof window !== 'string') {
        const { owner } = error.details;
        if (owner !== undefined)
          note(`This is the window of ${owner.what} (process ${owner.pid}), which owns the data folder.`);
        return showAddress(window.url, window.pid, context);
      }
      if (waitedMs >= retryForMs) throw unreachable(error, window);
    }
    await delay(pauseMs);
  }
}
