import { createContext } from 'react';

/**
 * Puts text on the clipboard; a secret one may be cleared again after a while, and news of it say `what` it is, as the
 * beginning of a sentence. Rejects when the browser refuses.
 */
export type WriteClipboard = (what: string, text: string, secret: boolean) => Promise<void>;

/** How copy buttons reach the clipboard. The window provides one that clears secrets and tells so. */
export const ClipboardContext = createContext<WriteClipboard>((_, text) => navigator.clipboard.writeText(text));
