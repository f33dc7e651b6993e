import { createContext } from 'react';

/** Puts text on the clipboard; a secret one may be cleared again after a while. Rejects when the browser refuses. */
export type WriteClipboard = (text: string, secret: boolean) => Promise<void>;

/** How copy buttons reach the clipboard. The window provides one that clears secrets and tells so. */
export const ClipboardContext = createContext<WriteClipboard>((text) => navigator.clipboard.writeText(text));
