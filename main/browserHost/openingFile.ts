import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openingPath } from './admission.ts';

/**
 * Writes a file that opens an address of the window once, and gives the file's own address. Other users can read a browser's command line, and
 * then only find a file in the data folder there, which they cannot read. For systems that do not tell who connects (`peer.ts`).
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
  // `wx` follows no link that somebody put there.
  writeFileSync(file, html, { mode: 0o600, flag: 'wx' });
  return pathToFileURL(file).href;
}
