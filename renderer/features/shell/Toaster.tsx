import { useKeyfobState } from '../../store/context.ts';
import { type ToastContent, Toasts } from '../../ui/feedback/Toasts.tsx';

/** The window's toasts. */
export const Toaster = () => {
  const { shown, dismiss } = useKeyfobState((state) => state.toasts);
  const toasts: ToastContent[] = shown.map(({ id, tone, title, detail, durationMs, action }) => ({
    id,
    tone,
    title,
    durationMs,
    countdown: action !== undefined,
    ...(detail !== undefined && { detail }),
    ...(action !== undefined && { action }),
  }));
  return <Toasts toasts={toasts} onClose={(id) => dismiss(Number(id))} />;
};
