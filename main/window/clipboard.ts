import { createHash } from 'node:crypto';
import { ClipboardItem, clipboard } from 'electron';

/** How long a copied secret stays, the machine's sleep included: a timer alone stands still in it. */
const clearAfterMs = 30_000;
const checkEveryMs = 1000;

const raw = (format: string): string => `electron application/osclipboard;format="${format}"`;

/** A DWORD of Windows that says no. */
const no = () => new Blob([new Uint8Array(4)]);

/** What each system's clipboard managers take for "keep this out of your history". */
const marks: Readonly<Partial<Record<NodeJS.Platform, () => Readonly<Record<string, string | Blob>>>>> = {
  darwin: () => ({ [raw('org.nspasteboard.ConcealedType')]: '1', [raw('org.nspasteboard.TransientType')]: '1' }),
  linux: () => ({ [raw('x-kde-passwordManagerHint')]: 'secret' }),
  win32: () => ({
    [raw('ExcludeClipboardContentFromMonitorProcessing')]: '1',
    [raw('CanIncludeInClipboardHistory')]: no(),
    [raw('CanUploadToCloudClipboard')]: no(),
  }),
};

const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64');

export interface SecretClipboard {
  /** Puts text there. Of a secret, tells when it is cleared, if it is still there: locked or not, shown or not. */
  copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number }>;
  /** Clears the secret now, if it is still there. */
  clear(): Promise<void>;
}

/** The system's clipboard, which forgets what is secret. */
export function createSecretClipboard(
  onError: (error: unknown) => void,
  platform: NodeJS.Platform = process.platform,
): SecretClipboard {
  /** By a digest: this process does not hold the secret for as long as the clipboard does. */
  let copied: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function clear(): Promise<void> {
    clearInterval(timer);
    const mine = copied;
    copied = undefined;
    if (mine === undefined || digestOf(await clipboard.readText()) !== mine) return;
    // Something else may have been copied through us while this was looked at.
    if (copied === undefined) clipboard.clear();
  }

  return {
    async copy(text, secret) {
      await clipboard.write([new ClipboardItem({ 'text/plain': text, ...(secret && marks[platform]?.()) })]);
      clearInterval(timer);
      copied = secret ? digestOf(text) : undefined;
      if (!secret) return {};
      const clearAtMs = Date.now() + clearAfterMs;
      let checksLeft = clearAfterMs / checkEveryMs;
      timer = setInterval(() => {
        checksLeft -= 1;
        // Counted as well: the clock may be set back.
        if (checksLeft <= 0 || Date.now() >= clearAtMs) clear().catch(onError);
      }, checkEveryMs);
      return { clearAtMs };
    },
    clear,
  };
}
