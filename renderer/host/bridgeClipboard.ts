import { afterRealTime } from './afterRealTime.ts';
import type { HostClipboard, OnFate } from './clipboard.ts';

/** The clipboard calls of the desktop program. */
export interface ClipboardCalls {
  copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number | undefined }>;
  clear(): Promise<void>;
}

/** A clipboard that the main process clears, even when the page is gone. This side only reports it. */
export function createBridgeClipboard({ copy, clear }: ClipboardCalls): HostClipboard {
  let report: OnFate | undefined;
  let cancel: (() => void) | undefined;

  const forget = () => {
    cancel?.();
    report?.(undefined);
    report = undefined;
  };

  return {
    async put(text, secret, onFate) {
      const { clearAtMs } = await copy(text, secret);
      forget();
      if (clearAtMs === undefined) return;
      report = onFate;
      onFate({ fate: 'counting', clearAtMs });
      cancel = afterRealTime(clearAtMs - Date.now(), forget);
    },
    allow: async () => undefined,
    async clearNow() {
      await clear();
      forget();
    },
  };
}
