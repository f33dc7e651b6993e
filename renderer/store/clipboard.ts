import type { SecretFate } from '../host/clipboard.ts';
import { useKeyfobState } from './context.ts';
import { asKeyfobError } from './resource.ts';
import type { MakeSlice } from './slice.ts';

/** A secret that was copied: what it is called, and what becomes of it. Never the secret. */
export interface CopiedSecret {
  readonly what: string;
  readonly fate: SecretFate;
  /** When it is cleared, of real time. */
  readonly clearAtMs: number;
}

export interface ClipboardSlice {
  readonly secret: CopiedSecret | undefined;
  /** Copies, and tells nothing but what becomes of a secret. Rejects when the clipboard cannot be had. */
  put(what: string, text: string, secret: boolean): Promise<void>;
  /** Copies text that is no secret. Says so in a toast, also when it failed. */
  copy(what: string, text: string): Promise<void>;
  /** Copies a secret, fetched now, and clears it after 30 s where the host can. */
  copySecret(what: string, fetchSecret: () => Promise<string>): Promise<void>;
  /** Asks for the permission that clearing needs. */
  allow(): Promise<void>;
  /** Clears the clipboard now, if it still holds what was copied. */
  clearNow(): Promise<void>;
  /** No longer shows what becomes of the secret; it is cleared all the same. */
  dismiss(): void;
}

export const clipboardSlice: MakeSlice<ClipboardSlice> = ({ host, get, set }) => {
  async function put(what: string, text: string, secret: boolean): Promise<void> {
    await host.clipboard.put(text, secret, (told) => {
      // Whoever dismissed the note knows; but not that it cannot be cleared after all, which said otherwise.
      if (told?.fate === 'waiting' && get().clipboard.secret === undefined) return;
      set({ secret: told && { what, ...told } });
    });
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
    allow: host.clipboard.allow,
    clearNow: host.clipboard.clearNow,
    dismiss: () => set({ secret: undefined }),
  };
};

/** Copies text that is no secret, and says so. */
export const useCopy = (): ClipboardSlice['copy'] => useKeyfobState((state) => state.clipboard.copy);
/** Copies a secret, and clears it after 30 s where the host can. */
export const useCopySecret = (): ClipboardSlice['copySecret'] => useKeyfobState((state) => state.clipboard.copySecret);
