/**
 * What becomes of a secret that was copied:
 * - `counting`: cleared at `clearAtMs` of real time, if it is still what was copied.
 * - `waiting`: the time is over, but the page may touch the clipboard only when it has the focus again.
 * - `asking`: nobody allowed this page to look at the clipboard yet; it is not cleared until then.
 * - `cannot`: this browser does not let the page look; people clear it themselves.
 */
export type SecretFate = 'counting' | 'waiting' | 'asking' | 'cannot';

/** Hears what becomes of a secret; `undefined`: the clipboard no longer holds it, or nobody needs to care. */
export type HearFate = (fate: { readonly fate: SecretFate; readonly clearAtMs: number } | undefined) => void;

/** The clipboard as this host can reach it. */
export interface HostClipboard {
  /** Puts text there. What becomes of a secret is told, now and later. Rejects when the clipboard cannot be had. */
  put(text: string, secret: boolean, hear: HearFate): Promise<void>;
  /** Asks for the permission that clearing needs, where it needs one. */
  allow(): Promise<void>;
  /** Clears the secret now, if the clipboard still holds it. */
  clearNow(): Promise<void>;
}
