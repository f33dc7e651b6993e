import type { WebContents } from 'electron';
import { isOurPage } from './origin.ts';

// Electron's checklist: 13 (limit navigation).

/** Prevents navigation of every frame. Only a reload of our own page is allowed; screens change the part after `#`. */
export function denyNavigation(page: WebContents): void {
  page.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault();
  });
  page.on('will-redirect', (event) => event.preventDefault());
}
