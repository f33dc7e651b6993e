import type { SecretFate } from '../../host/clipboard.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';
import type { ToastsSlice } from './toasts.ts';

/** A copied secret: its name and its fate. Never the secret itself. */
export interface CopiedSecret {
  readonly what: string;
  readonly fate: SecretFate;
  /** When it will be cleared, in real time. */
  readonly clearAtMs: number;
}

export interface ClipboardSlice {
  readonly secret: CopiedSecret | undefined;
  /** Copies. For a secret, a toast says whether it will be cleared. Rejects when the clipboard is not available. */
  put(what: string, text: string, secret: boolean): Promise<void>;
  /** Copies text that is not secret. A toast shows success or failure. */
  copy(what: string, text: string): Promise<void>;
  /** Fetches and copies a secret. Clears the clipboard after 30 s where the host can. */
  copySecret(what: string, fetchSecret: () => Promise<string>): Promise<void>;
  /** Requests the permission that clearing needs. */
  allow(): Promise<void>;
  /** Clears the clipboard now, if it still holds the secret. */
  clearNow(): Promise<void>;
  /** Hides the notice that a secret stays in the clipboard. */
  dismiss(): void;
}

/** Why a secret may stay in the clipboard. */
const stays: { readonly [F in SecretFate]?: string } = {
  asking: 'It stays in the clipboard until you allow this page to check whether it still holds the secret.',
  cannot:
    'It stays in the clipboard: this browser does not let the page clear it. Copy something else when you are done.',
};

export const clipboardSlice: MakeSlice<ClipboardSlice, { readonly toasts: ToastsSlice }> = ({ host, set, uses }) => {
  async function put(what: string, text: string, secret: boolean): Promise<void> {
    await host.clipboard.put(text, secret, (secretNow) => {
      set({ secret: secretNow && { what, ...secretNow } });
      if (secretNow === undefined || secretNow.fate === 'waiting') return;
      const detail = stays[secretNow.fate];
      uses().toasts.show({
        kind: 'copy',
        tone: detail === undefined ? 'good' : 'warn',
        title: `${what} copied.`,
        detail,
      });
    });
  }

  const notCopied = (what: string, error: unknown) =>
    uses().toasts.show({
      kind: 'copy',
      tone: 'danger',
      title: `${what} was not copied.`,
      detail: asKeyfobError(error).message,
    });

  return {
    secret: undefined,
    put,
    async copy(what, text) {
      try {
        await put(what, text, false);
        uses().toasts.show({ kind: 'copy', tone: 'good', title: `${what} copied.` });
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
