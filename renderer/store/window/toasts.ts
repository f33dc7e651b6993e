import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { MakeSlice } from '../core/slice.ts';

export interface Toast {
  readonly id: number;
  /** Toasts of one kind replace each other: only the last copy matters. */
  readonly kind?: string | undefined;
  readonly tone: 'info' | 'good' | 'warn' | 'danger';
  readonly title: string;
  readonly detail?: string | undefined;
  readonly durationMs: number;
  /** One action, such as Undo. `alternative` says how to do it without the toast. */
  readonly action?: { readonly label: string; readonly alternative: string; readonly run: () => void } | undefined;
}

export interface ToastsSlice {
  /** Oldest first. */
  readonly shown: readonly Toast[];
  /** Shows a toast for 4 s, or for 8 s with an action, a warning or an error. Gives its id. */
  show(toast: Pick<Toast, 'title'> & Partial<Omit<Toast, 'id' | 'title'>>): number;
  dismiss(id: number): void;
}

const plainMs = 4000;
/** For warnings, errors and actions, which take longer to read. */
const longMs = 8000;
const atMost = 4;

export const toastsSlice: MakeSlice<ToastsSlice> = ({ get, set }) => {
  let last = 0;
  return {
    shown: [],
    show(toast) {
      last += 1;
      const isLong = toast.action !== undefined || toast.tone === 'danger' || toast.tone === 'warn';
      const next = { tone: 'info' as const, durationMs: isLong ? longMs : plainMs, ...toast, id: last };
      const others = get().shown.filter(({ kind }) => kind === undefined || kind !== toast.kind);
      set({ shown: [...others, next].slice(-atMost) });
      return last;
    },
    dismiss: (id) => set({ shown: get().shown.filter((toast) => toast.id !== id) }),
  };
};

/** An error as a toast, for actions that have no better place to show it. */
export const failureToast = (what: string, error: KeyfobError) =>
  ({ tone: 'danger', title: what, detail: error.message }) as const;
