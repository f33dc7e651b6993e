import { shell } from 'electron';

// Electron's checklist: 15 (no `shell.openExternal` with untrusted content).

/** Links may open these sites in the system's browser: the standards that Keyfob follows. */
const allowedOrigins: ReadonlySet<string> = new Set(['https://www.rfc-editor.org']);

/**
 * Whether the system's browser may open an address: a standard, or the sign-in page of our endpoint. `authorizeUrl` is
 * that page without its query, while the endpoint runs.
 */
export function mayOpen(address: string, authorizeUrl?: string): boolean {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return allowedOrigins.has(url.origin) || `${url.origin}${url.pathname}` === authorizeUrl;
}

/** Opens a link in the system's browser, if {@link mayOpen} allows it. */
export async function openLink(address: string, authorizeUrl?: string): Promise<void> {
  if (mayOpen(address, authorizeUrl)) await shell.openExternal(address);
}

/**
 * Opens the window that another process of this user serves. The address holds a token, but other users cannot use it: macOS
 * passes it without a command line, Windows hides command lines, and on Linux the server checks the connecting user. Throws for
 * an address that is not on 127.0.0.1.
 */
export async function openServedWindow(address: string): Promise<void> {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'http:' || hostname !== '127.0.0.1') throw new Error('A served window must be on 127.0.0.1.');
  await shell.openExternal(address);
}
