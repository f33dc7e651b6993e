import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { logError } from '../../system/logError.ts';
import { connectControl, noControlFile, OwnerGone, unreachable } from '../../transport/client.ts';
import { note } from '../output/report.ts';
import type { WindowFlags } from '../program/program.ts';
import type { Parts, PresentWindow } from '../session/parts.ts';

/** How long to wait for an owner that is starting or ending. */
const patienceMs = 10_000;
const pauseMs = 50;

type WindowParts = Pick<Parts, 'serve' | 'openAppWindow'>;

interface Shown {
  readonly folder: string;
  readonly flags: WindowFlags;
  readonly parts: WindowParts;
}

async function openInBrowser(windowUrl: string, { folder, parts }: Shown): Promise<void> {
  if (!(await parts.openAppWindow(windowUrl, folder))) note('No browser opened; put the address into one yourself.');
}

/** Opens an address where it can be opened, and lets people know of it either way. */
function tell(windowUrl: string, pid: number, shown: Shown): void {
  const { open = true, json = false } = shown.flags;
  if (json) process.stdout.write(`${JSON.stringify({ windowUrl, pid })}\n`);
  else process.stdout.write(`Window (the address works once): ${windowUrl}\n`);
  if (open && !json) openInBrowser(windowUrl, shown).catch(logError);
}

/** Shows the window that this process serves, and again whenever somebody presses Enter. */
const presentHere =
  (shown: Shown): PresentWindow =>
  (newUrl) => {
    const again = () => tell(newUrl(), process.pid, shown);
    again();
    if (!process.stdin.isTTY || shown.flags.json) return () => {};
    note('Press Enter to open it again at a new address, Ctrl-C to stop.');
    process.stdin.on('data', again);
    return () => {
      process.stdin.off('data', again);
      process.stdin.pause();
    };
  };

/** A fresh address from the process that owns the folder, or why none answers. */
async function ownersWindow(folder: string): Promise<{ readonly url: string; readonly pid: number } | string> {
  const client = connectControl(folder);
  if (client === undefined) return noControlFile;
  try {
    return { url: await client.windowUrl(), pid: client.pid };
  } catch (error) {
    if (error instanceof OwnerGone) return error.message;
    if (!(error instanceof KeyfobError) || error.code !== 'not_found') throw error;
    const message = 'The process that owns the data folder serves no window; start it again without --no-window.';
    throw new KeyfobError('conflict', message, error.details, { cause: error });
  }
}

/**
 * Shows the window: that of the process that owns the data folder, after saying who that is; else one of our own, until
 * stopped. Throws `folder_owned` when an owner never answers, `conflict` when it serves no window.
 */
export async function showWindow(folder: string, flags: WindowFlags, parts: WindowParts): Promise<void> {
  const shown = { folder, flags, parts };
  for (let waitedMs = 0; ; waitedMs += pauseMs) {
    try {
      return await parts.serve(folder, flags, presentHere(shown));
    } catch (error) {
      if (!(error instanceof KeyfobError) || error.code !== 'folder_owned') throw error;
      const window = await ownersWindow(folder);
      if (typeof window !== 'string') {
        const { owner } = error.details;
        if (owner !== undefined)
          note(`The data folder is owned by ${owner.what} (process ${owner.pid}); this is its window.`);
        return tell(window.url, window.pid, shown);
      }
      if (waitedMs >= patienceMs) throw unreachable(error, window);
    }
    await delay(pauseMs);
  }
}
