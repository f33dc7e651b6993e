import { dialog } from 'electron';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import { openServedWindow } from './externalLinks.ts';

/** What somebody wants done about a folder that is owned. */
export type Choice = 'retry' | 'quit';

/** Says who owns the data folder, and offers the window of that one, which opens in a browser; `windowUrl` opens it once. */
export async function tellOwned(
  { message, details: { owner } }: KeyfobError,
  windowUrl: string | undefined,
): Promise<Choice> {
  const buttons = [...(windowUrl === undefined ? [] : ['Show its window']), 'Try again', 'Quit'];
  const who = owner === undefined ? 'Another program' : `${owner.what} (process ${owner.pid})`;
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Keyfob',
    message: `${who} owns the data folder.`,
    detail: windowUrl === undefined ? message : 'Only one may at a time. Its window shows the same, in your browser.',
    buttons,
    defaultId: 0,
    cancelId: buttons.length - 1,
  });
  const chosen = buttons[response];
  if (chosen === 'Try again') return 'retry';
  if (chosen === 'Quit' || windowUrl === undefined) return 'quit';
  await openServedWindow(windowUrl);
  return 'quit';
}
