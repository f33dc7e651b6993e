import { afterRealTime } from './afterRealTime.ts';
import type { HostClipboard, OnFate, SecretFate } from './clipboard.ts';

/** How long a copied secret stays in the clipboard. */
const clearAfterMs = 30_000;

/** Whether the page may read the clipboard. It clears the clipboard only if it still holds the secret. */
async function mayRead(): Promise<PermissionState> {
  try {
    // Chromium has this permission, but TypeScript's types don't.
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

/** The clipboard of a page in a browser, as far as the browser allows. */
export function createPageClipboard(): HostClipboard {
  /** The copied secret. Only its digest is kept: the window must not hold a secret as long as the clipboard does. */
  let copied: { readonly digest: string; readonly clearAtMs: number; readonly onFate: OnFate } | undefined;
  let cancel: (() => void) | undefined;

  const forget = () => {
    cancel?.();
    removeEventListener('focus', clear);
    copied?.onFate(undefined);
    copied = undefined;
  };

  const tell = (fate: SecretFate) => copied?.onFate({ fate, clearAtMs: copied.clearAtMs });

  const count = () => {
    if (copied === undefined) return;
    tell('counting');
    cancel?.();
    cancel = afterRealTime(copied.clearAtMs - Date.now(), clear);
  };

  async function clear(): Promise<void> {
    const mine = copied;
    if (mine === undefined) return;
    if (!document.hasFocus()) {
      tell('waiting');
      addEventListener('focus', clear, { once: true });
      return;
    }
    try {
      const unchanged = (await digestOf(await navigator.clipboard.readText())) === mine.digest;
      // A newer copy from this window has a timer of its own.
      if (copied !== mine) return;
      if (unchanged) await navigator.clipboard.writeText('');
      forget();
    } catch {
      if (copied === mine) tell('cannot');
    }
  }

  return {
    async put(text, secret, onFate) {
      await navigator.clipboard.writeText(text);
      forget();
      if (!secret) return;
      copied = { digest: await digestOf(text), clearAtMs: Date.now() + clearAfterMs, onFate };
      const permission = await mayRead();
      if (permission === 'granted') count();
      else tell(permission === 'prompt' ? 'asking' : 'cannot');
    },
    async allow() {
      try {
        // Reading makes the browser request the permission.
        await navigator.clipboard.readText();
      } catch {
        tell('cannot');
        return;
      }
      count();
    },
    clearNow: clear,
  };
}
