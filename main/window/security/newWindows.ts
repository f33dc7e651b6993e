import type { WebContents } from 'electron';
import { openLink } from './externalLinks.ts';

// Electron's checklist: 14 (limit the creation of new windows).

/** Denies pages new windows. Allowed links open in the system's browser instead. */
export function denyNewWindows(page: WebContents, onError: (error: unknown) => void): void {
  page.setWindowOpenHandler(({ url }) => {
    openLink(url).catch(onError);
    return { action: 'deny' };
  });
}
