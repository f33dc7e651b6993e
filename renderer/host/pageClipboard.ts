import { afterRealTime } from './afterRealTime.ts';
import type { HearFate, HostClipboard, SecretFate } from './clipboard.ts';

/** How long a copied secret stays in the clipboard. */
const clearAfterMs = 30_000;

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

/** What a page in a browser can do by itself, as far as the browser lets it. */
export function createPageClipboard(): HostClipboard {
  /** The secret that is to be cleared, by a digest: the window does not hold it for as long as the clipboard does. */
  let copied: { readonly digest: string; readonly clearAtMs: number; readonly hear: HearFate } | undefined;
  let cancel: (() => void) | undefined;

  const forget = () => {
    cancel?.();
    removeEventListener('focus', clear);
    copied?.hear(undefined);
    copied = undefined;
  };

  const tell = (fate: SecretFate) => copied?.hear({ fate, clearAtMs: copied.clearAtMs });

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
      // Something newer was copied through this window meanwhile, and has a time of its own.
      if (copied !== mine) return;
      if (unchanged) await navigator.clipboard.writeText('');
      forget();
    } catch {
      if (copied === mine) tell('cannot');
    }
  }

  return {
    async put(text, secret, hear) {
      await navigator.clipboard.writeText(text);
      forget();
      if (!secret) return;
      copied = { digest: await digestOf(text), clearAtMs: Date.now() + clearAfterMs, hear };
      const permission = await mayRead();
      if (permission === 'granted') count();
      else tell(permission === 'prompt' ? 'asking' : 'cannot');
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
  };
}
