import type { HearFate, HostClipboard } from './clipboard.ts';

/** What the program that shows the page does for its clipboard. */
export interface ClipboardCalls {
  copy(text: string, secret: boolean): Promise<{ readonly clearAtMs?: number | undefined }>;
  clear(): Promise<void>;
}

/** A clipboard that another process clears, whatever becomes of the page: here it is only told of. */
export function createBridgeClipboard({ copy, clear }: ClipboardCalls): HostClipboard {
  let hearing: HearFate | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const forget = () => {
    clearTimeout(timer);
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
      timer = setTimeout(forget, Math.max(0, clearAtMs - Date.now()));
    },
    allow: async () => undefined,
    async clearNow() {
      await clear();
      forget();
    },
  };
}
