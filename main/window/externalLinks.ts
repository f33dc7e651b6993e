import { shell } from 'electron';

// Electron's checklist: 15 (no `shell.openExternal` with untrusted content).

/** Where a link may lead, in the system's browser: to the standards that Keyfob keeps. */
const allowedOrigins: ReadonlySet<string> = new Set(['https://www.rfc-editor.org']);

/** Whether the system's browser may be asked to open this. */
export function mayOpen(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && allowedOrigins.has(url.origin) && url.username === '' && url.password === '';
}

/** Opens a link in the system's browser, if it leads where links may. */
export async function openLink(address: string): Promise<void> {
  if (mayOpen(address)) await shell.openExternal(address);
}

/**
 * Opens the window that another process of this person serves, by the address that it gave. macOS hands it over without a command line, Windows shows
 * no command line to other users, and on Linux who connects is known.
 */
export async function openServedWindow(address: string): Promise<void> {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'http:' || hostname !== '127.0.0.1') throw new Error('a served window is on 127.0.0.1');
  await shell.openExternal(address);
}
