import { afterRealTime } from './afterRealTime.ts';
import type { HearFate, HostClipboard } from './clipboard.ts';

/** What the program that shows the page does for its clipboard. */
export interface ClipboardCalls {
  copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number | undefined }>;
  clear(): Promise<void>;
}

/** A clipboard that another process clears, whatever becomes of the page: here it is only told of. */
export function createBridgeClipboard({ copy, clear }: ClipboardCalls): HostClipboard {
  let hearing: HearFate | undefined;
  let cancel: (() => void) | undefined;

  const forget = () => {
    cancel?.();
    hearing?.(undefined);
    hearing = undefined;
  };

  return {
    async put(text, secret, hear) {
      const { clearAtMs } = await copy(text, secret);
      forget();
      if (clearAtMs === undefined) return;
      hearing = hear;
      hear({ fate: 'counting', clearAtMs });
      cancel = afterRealTime(clearAtMs - Date.now(), forget);
    },
    allow: async () => undefined,
    async clearNow() {
      await clear();
      forget();
    },
  };
}
