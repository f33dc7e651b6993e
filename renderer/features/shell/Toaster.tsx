import type { ClipboardSlice, CopiedSecret } from '../../store/clipboard.ts';
import { useKeyfobState } from '../../store/context.ts';
import { type ToastContent, Toasts } from '../../ui/Toasts.tsx';

/** What becomes of a secret in the clipboard, in words. */
const fates: Readonly<Record<CopiedSecret['fate'], { tone: ToastContent['tone']; detail: string }>> = {
  counting: { tone: 'good', detail: 'The clipboard is cleared in 30 seconds, if it still holds this.' },
  waiting: {
    tone: 'info',
    detail: 'The clipboard is cleared when you come back to this window, if it still holds this.',
  },
  asking: {
    tone: 'warn',
    detail: 'It stays in the clipboard: to clear it, this page must be allowed to look whether it still holds this.',
  },
  cannot: {
    tone: 'warn',
    detail:
      'It stays in the clipboard: this browser does not let the page clear it. Copy something else when you are done.',
  },
};

function clipboardToast({ what, fate, clearAtMs }: CopiedSecret, { allow, clearNow }: ClipboardSlice): ToastContent {
  const actions: Partial<Record<CopiedSecret['fate'], ToastContent['action']>> = {
    counting: { label: 'Clear now', alternative: 'Copy something else', run: () => void clearNow() },
    asking: {
      label: 'Allow',
      alternative: "Allow the clipboard in the browser's settings of this page",
      run: () => void allow(),
    },
  };
  const action = actions[fate];
  return {
    id: `clipboard ${clearAtMs} ${fate}`,
    title: `${what} copied.`,
    ...fates[fate],
    durationMs: fate === 'counting' ? Math.max(1000, clearAtMs - Date.now()) : 12_000,
    countdown: fate === 'counting',
    ...(action !== undefined && { action }),
  };
}

/** News in the corner, the fate of a copied secret among them. */
export const Toaster = () => {
  const { shown, dismiss } = useKeyfobState((state) => state.toasts);
  const clipboard = useKeyfobState((state) => state.clipboard);
  const toasts: ToastContent[] = shown.map(({ id, tone, title, detail, durationMs, action }) => ({
    id,
    tone,
    title,
    durationMs,
    countdown: action !== undefined,
    ...(detail !== undefined && { detail }),
    ...(action !== undefined && { action }),
  }));
  if (clipboard.secret !== undefined) toasts.push(clipboardToast(clipboard.secret, clipboard));
  return <Toasts toasts={toasts} onClose={(id) => (typeof id === 'number' ? dismiss(id) : clipboard.dismiss())} />;
};
