import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { isOurPage } from './origin.ts';

// Electron's checklist: 17 (validate the sender of all IPC messages).

/** Tells whether a message comes from the top frame of our window, while our page is what it shows. */
export const createSenderCheck =
  (page: () => WebContents | undefined) =>
  ({ sender, senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean =>
    senderFrame !== null && sender === page() && senderFrame === sender.mainFrame && isOurPage(senderFrame.url);
