/**
 * The fate of a copied secret:
 * - `counting`: the clipboard is cleared at `clearAtMs` of real time, if it still holds the secret.
 * - `waiting`: the time is over, but the page can use the clipboard only when it has the focus again.
 * - `asking`: the clipboard is cleared only after a person allows this page to read it.
 * - `cannot`: this browser does not let the page read the clipboard. A person has to clear it.
 */
export type SecretFate = 'counting' | 'waiting' | 'asking' | 'cannot';

/** Receives the fate of a secret; `undefined`: the clipboard no longer holds it, or something newer was copied. */
export type OnFate = (fate: { readonly fate: SecretFate; readonly clearAtMs: number } | undefined) => void;

/** The clipboard of this host. */
export interface HostClipboard {
  /** Copies text. Reports the fate of a secret, now and later. Rejects when the clipboard is not available. */
  put(text: string, secret: boolean, onFate: OnFate): Promise<void>;
  /** Requests the permission that clearing needs, if it needs one. */
  allow(): Promise<void>;
  /** Clears the secret now, if the clipboard still holds it. */
  clearNow(): Promise<void>;
}
