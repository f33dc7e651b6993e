import { useKeyfobState } from './context.ts';
import { asKeyfobError } from './resource.ts';
import type { MakeSlice } from './slice.ts';

/** How long a copied secret stays in the clipboard. */
export const clearAfterMs = 30_000;

/** A secret that was copied: what it is called, and what becomes of it. Never the secret. */
export interface CopiedSecret {
  readonly what: string;
  /**
   * - `counting`: cleared at `clearAtMs` of real time, if it is still what was copied.
   * - `waiting`: the time is over, but the page may touch the clipboard only when it has the focus again.
   * - `asking`: nobody allowed this page to look at the clipboard yet; it is not cleared until then.
   * - `cannot`: this browser does not let the page look; people clear it themselves.
   */
  readonly fate: 'counting' | 'waiting' | 'asking' | 'cannot';
  readonly clearAtMs: number;
}

export interface ClipboardSlice {
  readonly secret: CopiedSecret | undefined;
  /** Copies, and tells nothing but what becomes of a secret. Rejects when the browser refuses. */
  put(what: string, text: string, secret: boolean): Promise<void>;
  /** Copies text that is no secret. Says so in a toast, also when it failed. */
  copy(what: string, text: string): Promise<void>;
  /** Copies a secret, fetched now, and clears it after 30 s where the browser lets it. */
  copySecret(what: string, fetchSecret: () => Promise<string>): Promise<void>;
  /** Asks the browser for the permission that clearing needs. */
  allow(): Promise<void>;
  /** Clears the clipboard now, if it still holds what was copied. */
  clearNow(): Promise<void>;
  /** No longer shows what becomes of the secret; it is cleared all the same. */
  dismiss(): void;
}

/** Whether the page may look at the clipboard, which "if unchanged" needs. */
async function mayRead(): Promise<PermissionState> {
  try {
    // Chromium knows this permission; TypeScript's list of names does not.
    const status = await navigator.permissions.query({ name: 'clipboard-read' as PermissionName });
    return status.state;
  } catch {
    return 'denied';
  }
}

async function digestOf(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return new Uint8Array(bytes).join();
}

export const clipboardSlice: MakeSlice<ClipboardSlice> = ({ get, set }) => {
  /** The secret that is to be cleared, by a digest: the window does not hold it for as long as the clipboard does. */
  let copied: { readonly digest: string; readonly what: string; readonly clearAtMs: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const forget = () => {
    clearTimeout(timer);
    copied = undefined;
    removeEventListener('focus', clear);
    set({ secret: undefined });
  };

  const tell = (fate: CopiedSecret['fate']) => {
    if (copied !== undefined) set({ secret: { what: copied.what, clearAtMs: copied.clearAtMs, fate } });
  };

  const count = () => {
    if (copied === undefined) return;
    tell('counting');
    clearTimeout(timer);
    timer = setTimeout(clear, Math.max(0, copied.clearAtMs - Date.now()));
  };

  async function clear(): Promise<void> {
    const mine = copied;
    if (mine === undefined) return;
    if (!document.hasFocus()) {
      // Whoever dismissed the note knows.
      if (get().clipboard.secret !== undefined) tell('waiting');
      addEventListener('focus', clear, { once: true });
      return;
    }
    try {
      const unchanged = (await digestOf(await navigator.clipboard.readText())) === mine.digest;
      // Something newer was copied through this window meanwhile, and has a time of its own.
      if (copied !== mine) return;
      if (unchanged) await navigator.clipboard.writeText('');
      forget();
    } catch {
      // Also to whoever dismissed the note, which said otherwise.
      if (copied === mine) tell('cannot');
    }
  }

  async function put(what: string, text: string, secret: boolean): Promise<void> {
    await navigator.clipboard.writeText(text);
    forget();
    if (!secret) return;
    copied = { digest: await digestOf(text), what, clearAtMs: Date.now() + clearAfterMs };
    const permission = await mayRead();
    if (permission === 'granted') count();
    else tell(permission === 'prompt' ? 'asking' : 'cannot');
  }

  const notCopied = (what: string, error: unknown) =>
    get().toasts.show({ tone: 'danger', title: `${what} was not copied.`, detail: asKeyfobError(error).message });

  return {
    secret: undefined,
    put,
    async copy(what, text) {
      try {
        await put(what, text, false);
        get().toasts.show({ tone: 'good', title: `${what} copied.` });
      } catch (error) {
        notCopied(what, error);
      }
    },
    async copySecret(what, fetchSecret) {
      try {
        await put(what, await fetchSecret(), true);
      } catch (error) {
        notCopied(what, error);
      }
    },
    async allow() {
      try {
        // Looking is what makes the browser ask.
        await navigator.clipboard.readText();
      } catch {
        tell('cannot');
        return;
      }
      count();
    },
    clearNow: clear,
    dismiss: () => set({ secret: undefined }),
  };
};

/** Copies text that is no secret, and says so. */
export const useCopy = (): ClipboardSlice['copy'] => useKeyfobState((state) => state.clipboard.copy);
/** Copies a secret, and clears it after 30 s where the browser lets it. */
export const useCopySecret = (): ClipboardSlice['copySecret'] => useKeyfobState((state) => state.clipboard.copySecret);
