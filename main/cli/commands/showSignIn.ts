import { note } from '../output/report.ts';
import type { Parts } from '../session/parts.ts';

/** Prints the address at which a person signs in, and opens it in the default browser if `opens` is true. */
export async function showSignIn(url: string, opens: boolean, parts: Pick<Parts, 'openBrowser'>): Promise<void> {
  const isOpen = opens && (await parts.openBrowser(url));
  note(isOpen ? `Sign in in the browser. If it did not open: ${url}` : `Open this address and sign in: ${url}`);
}
