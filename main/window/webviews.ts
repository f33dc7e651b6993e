import type { WebContents } from 'electron';

// Electron's checklist: 11 and 12 (no popups for `<webview>`, verify its options): there is none at all.

/** Lets no page embed another one with an engine of its own. */
export function denyWebviews(page: WebContents): void {
  page.on('will-attach-webview', (event) => event.preventDefault());
}
