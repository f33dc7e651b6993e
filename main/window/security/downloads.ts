import type { Session } from 'electron';
import { pageOrigin } from './origin.ts';

/** Allows downloads of our own page only (a CSV, the certificate). The user chooses the place in the system's dialog. */
export function limitDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin}/`)) event.preventDefault();
    else item.setSaveDialogOptions({ defaultPath: item.getFilename() });
  });
}
