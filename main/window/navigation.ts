import type { WebContents } from 'electron';
import { isOurPage } from './origin.ts';

// Electron's checklist: 13 (limit navigation).

/** Keeps every frame where it is: only our own page may be loaded, as by a reload. Screens have addresses after `#`. */
export function denyNavigation(page: WebContents): void {
  page.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOurPage(event.url)) event.preventDefault();
  });
  page.on('will-redirect', (event) => event.preventDefault());
}
