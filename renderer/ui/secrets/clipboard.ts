import { createContext } from 'react';

/**
 * Copies text. A secret one may be cleared later; a toast about it starts with `what`. Rejects when the browser
 * refuses.
 */
export type WriteClipboard = (what: string, text: string, secret: boolean) => Promise<void>;

/** The copy buttons' clipboard. The window provides one that clears secrets and says so. */
export const ClipboardContext = createContext<WriteClipboard>((_, text) => navigator.clipboard.writeText(text));
