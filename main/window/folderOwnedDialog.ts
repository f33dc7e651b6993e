import { dialog } from 'electron';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import { openServedWindow } from './security/externalLinks.ts';

/** The user's choice about a data folder that another process owns. */
export type Choice = 'retry' | 'quit';

/** Shows which process owns the data folder, and offers to open its window in a browser. `windowUrl` opens it once. */
export async function askAboutOwner(
  { message, details: { owner } }: KeyfobError,
  windowUrl: string | undefined,
): Promise<Choice> {
  const buttons = [...(windowUrl === undefined ? [] : ['Show its window']), 'Try again', 'Quit'];
  const who = owner === undefined ? 'Another program' : `${owner.what} (process ${owner.pid})`;
  const { response } = await dialog.showMessageBox({
    type: 'info',
    title: 'Keyfob',
    message: `${who} owns the data folder.`,
    detail:
      windowUrl === undefined
        ? message
        : 'Only one program at a time can use it. You can open its window in your browser.',
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
