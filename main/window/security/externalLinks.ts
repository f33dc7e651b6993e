import { shell } from 'electron';

// Electron's checklist: 15 (no `shell.openExternal` with untrusted content).

/** Links may open these sites in the system's browser: the standards that Keyfob follows. */
const allowedOrigins: ReadonlySet<string> = new Set(['https://www.rfc-editor.org']);

/** Whether the system's browser may open an address. */
export function mayOpen(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'https:' && allowedOrigins.has(url.origin) && url.username === '' && url.password === '';
}

/** Opens a link in the system's browser, if it is allowed. */
export async function openLink(address: string): Promise<void> {
  if (mayOpen(address)) await shell.openExternal(address);
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
