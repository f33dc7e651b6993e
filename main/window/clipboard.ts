import { createHash } from 'node:crypto';
import { ClipboardItem, clipboard } from 'electron';

/** How long a copied secret stays. This includes sleep of the machine, in which a timer alone would pause. */
const clearAfterMs = 30_000;
const checkEveryMs = 1000;

const raw = (format: string): string => `electron application/osclipboard;format="${format}"`;

/** A Windows DWORD with the value 0. */
const no = () => new Blob([new Uint8Array(4)]);

/** Marks that tell each system's clipboard managers to keep a text out of their history. */
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
  /** Copies a text. Returns when a secret will be cleared, even if Keyfob is locked or hidden by then. */
  copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number }>;
  /** Clears the secret now, unless the clipboard holds another text already. */
  clear(): Promise<void>;
}

/** The system's clipboard, which clears copied secrets after 30 seconds. */
export function createSecretClipboard(
  onError: (error: unknown) => void,
  platform: NodeJS.Platform = process.platform,
): SecretClipboard {
  /** A digest, so that this process does not hold the secret as long as the clipboard does. */
  let copied: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function clear(): Promise<void> {
    clearInterval(timer);
    const ours = copied;
    copied = undefined;
    if (ours === undefined || digestOf(await clipboard.readText()) !== ours) return;
    // Another text may have been copied through us during the read.
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
        // Also count the checks: the clock may be set back.
        if (checksLeft <= 0 || Date.now() >= clearAtMs) clear().catch(onError);
      }, checkEveryMs);
      return { clearAtMs };
    },
    clear,
  };
}
