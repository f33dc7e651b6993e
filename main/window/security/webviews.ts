import type { WebContents } from 'electron';

// Electron's checklist: 11 and 12 (no popups for `<webview>`, verify its options): pages have none.

/** Denies pages a `<webview>`. */
export function denyWebviews(page: WebContents): void {
  page.on('will-attach-webview', (event) => event.preventDefault());
}
