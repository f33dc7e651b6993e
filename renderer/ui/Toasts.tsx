import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { type CSSProperties, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import { IconButton } from './IconButton.tsx';
import styles from './Toasts.module.css';

const icons: Readonly<Record<'info' | 'good' | 'warn' | 'danger', LucideIcon>> = {
  info: Info,
  good: CircleCheck,
  warn: TriangleAlert,
  danger: OctagonAlert,
};

export interface ToastContent {
  readonly id: string | number;
  readonly tone: keyof typeof icons;
  readonly title: string;
  readonly detail?: string;
  /** How long it stays while nobody points at it; 5 s unless told otherwise. */
  readonly durationMs?: number;
  /** Draws how much of its time is left: for an undo, or a clipboard that will be cleared. */
  readonly countdown?: boolean;
  /** One way to react. `alternative` says how to do the same without the toast, for those who cannot reach it in time. */
  readonly action?: { readonly label: string; readonly alternative: string; readonly run: () => void };
}

/** So much of the window's height they may take; beyond that they scroll. */
const mostShare = 0.45;

interface ToastsProps {
  readonly toasts: readonly ToastContent[];
  /** Its time is over, or it was dismissed or acted upon: take it off the list. */
  readonly onClose: (id: ToastContent['id']) => void;
}

const Item = ({ toast, onClose }: { readonly toast: ToastContent; readonly onClose: () => void }) => {
  const [paused, setPaused] = useState(false);
  const Icon = icons[toast.tone];
  const durationMs = toast.durationMs ?? 5000;
  return (
    <Radix.Root
      className={styles.toast}
      data-tone={toast.tone}
      duration={durationMs}
      type={toast.tone === 'danger' ? 'foreground' : 'background'}
      onOpenChange={(open) => !open && onClose()}
      onPause={() => setPaused(true)}
      onResume={() => setPaused(false)}
    >
      <Icon aria-hidden size={16} className={styles.icon} />
      <div className={styles.words}>
        <Radix.Title className={styles.title}>{toast.title}</Radix.Title>
        {toast.detail !== undefined && <Radix.Description className={styles.detail}>{toast.detail}</Radix.Description>}
      </div>
      {toast.action !== undefined && (
        <Radix.Action altText={toast.action.alternative} asChild>
          <Button size="small" onClick={toast.action.run}>
            {toast.action.label}
          </Button>
        </Radix.Action>
      )}
      <Radix.Close asChild>
        <IconButton icon={X} name="Dismiss" size="small" />
      </Radix.Close>
      {toast.countdown === true && (
        <span
          aria-hidden
          className={styles.left}
          data-paused={paused || undefined}
          style={{ '--duration': `${durationMs}ms` } as CSSProperties}
        />
      )}
    </Radix.Root>
  );
};

/** Tells the rest of the window how much room news take at its lower edge: they must not cover what one needs to press. */
function useRoom(region: RefObject<HTMLElement | null>, empty: boolean): void {
  useLayoutEffect(() => {
    const { style } = document.documentElement;
    const list = region.current;
    if (empty || list === null) return undefined;
    const tell = () => {
      list.toggleAttribute('data-crowded', list.scrollHeight > innerHeight * mostShare);
      style.setProperty('--toasts-space', `${innerHeight - list.getBoundingClientRect().top}px`);
    };
    const watch = new ResizeObserver(tell);
    watch.observe(list);
    tell();
    return () => {
      watch.disconnect();
      style.removeProperty('--toasts-space');
    };
  }, [region, empty]);
}

/** The corner where news appear. F8 takes the focus there. */
export const Toasts = ({ toasts, onClose }: ToastsProps) => {
  const region = useRef<HTMLOListElement>(null);
  useRoom(region, toasts.length === 0);
  return (
    <Radix.Provider label="Notification" swipeDirection="right">
      {toasts.map((toast) => (
        <Item key={toast.id} toast={toast} onClose={() => onClose(toast.id)} />
      ))}
      <Radix.Viewport ref={region} className={styles.region} />
    </Radix.Provider>
  );
};
