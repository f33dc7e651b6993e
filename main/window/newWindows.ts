import type { WebContents } from 'electron';
import { openLink } from './externalLinks.ts';

// Electron's checklist: 14 (limit the creation of new windows).

/** Opens no window for a page. A link that leads where links may goes to the system's browser. */
export function denyNewWindows(page: WebContents, onError: (error: unknown) => void): void {
  page.setWindowOpenHandler(({ url }) => {
    openLink(url).catch(onError);
    return { action: 'deny' };
  });
}
