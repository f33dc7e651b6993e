import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openingPath } from './admission.ts';

/**
 * Writes a file that opens an address of the window once, and gives the file's own URL. Other users can read a browser's
 * command line, but not a file in the data folder. For systems that do not tell which user connects (`peer.ts`).
 */
export function writeOpeningFile(folder: string, url: string): string {
  const { origin, hash } = new URL(url);
  const token = new URLSearchParams(hash.slice(1)).get('token') ?? '';
  const html = `<!doctype html><meta charset="utf-8"><title>Keyfob</title>
<form method="post" action="${origin}${openingPath}"><input type="hidden" name="token" value="${token}"><button>Open Keyfob</button></form>
<script>document.forms[0].submit()</script>
`;
  const file = join(folder, 'window.html');
  rmSync(file, { force: true });
  // `wx` follows no symbolic link.
  writeFileSync(file, html, { mode: 0o600, flag: 'wx' });
  return pathToFileURL(file).href;
}
