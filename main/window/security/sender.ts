import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { isOurPage } from './origin.ts';

// Electron's checklist: 17 (validate the sender of all IPC messages).

/** Checks that a message comes from the top frame of our window while it shows our page. */
export const createSenderCheck =
  (page: () => WebContents | undefined) =>
  ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    senderFrame !== null && sender === page() && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
