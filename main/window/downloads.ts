import type { Session } from 'electron';
import { pageOrigin } from './origin.ts';

/** Saves nothing by itself. What our own page made (a CSV, the certificate) goes where a person says, in the system's dialog. */
export function limitDownloads(session: Session): void {
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith(`blob:${pageOrigin}/`)) event.preventDefault();
    else item.setSaveDialogOptions({ defaultPath: item.getFilename() });
  });
}
