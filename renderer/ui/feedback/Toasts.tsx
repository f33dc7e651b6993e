import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert, X } from 'lucide-react';
import { Toast as Radix } from 'radix-ui';
import { type CSSProperties, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { Button } from '../buttons/Button.tsx';
import { IconButton } from '../buttons/IconButton.tsx';
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
  /** How long it stays while no pointer is on it. */
  readonly durationMs: number;
  /** Whether to show the remaining time, as for an undo. */
  readonly countdown?: boolean;
  /** One action. `alternative` describes another way to do it, for people who can't reach the toast in time. */
  readonly action?: { readonly label: string; readonly alternative: string; readonly run: () => void };
}

interface ToastsProps {
  readonly toasts: readonly ToastContent[];
  /** Called when it has timed out or was dismissed or acted upon. Remove it from the list. */
  readonly onClose: (id: ToastContent['id']) => void;
}

const Item = ({ toast, onClose }: { readonly toast: ToastContent; readonly onClose: () => void }) => {
  const [paused, setPaused] = useState(false);
  const Icon = icons[toast.tone];
  const { durationMs } = toast;
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

/** The default corner first. */
const corners = ['bottom right', 'top right', 'bottom left', 'top left'] as const;

const open = ':is([role="dialog"], [role="alertdialog"])[data-state="open"]';
/** A screen's main button, and the focused element. */
const important = ':focus, [data-look="primary"], [data-look="danger"]';
/** An open dialog blocks everything below it. */
const importantInDialog = `${open} :is(:focus, button)`;

function overlaps(one: DOMRect, other: DOMRect): boolean {
  return one.left < other.right && one.right > other.left && one.top < other.bottom && one.bottom > other.top;
}

/** Moves the list to the first corner where it covers nothing important, otherwise to the one that covers least. */
function place(list: HTMLElement): void {
  // A person pointing at a toast is about to press its button.
  if (list.childElementCount === 0 || list.matches(':hover, :focus-within')) return;
  const bar = document.querySelector('[data-edge="bottom"]')?.clientHeight ?? 0;
  list.style.setProperty('--bottom', `${bar}px`);
  const boxes = [...document.querySelectorAll(document.querySelector(open) === null ? important : importantInDialog)]
    .filter((element) => element !== document.body && !list.contains(element))
    .map((element) => element.getBoundingClientRect())
    .filter(({ width }) => width > 0);
  const covered = corners.map((corner) => {
    list.dataset.corner = corner;
    const toasts = [...list.children].map((toast) => toast.getBoundingClientRect());
    return boxes.filter((box) => toasts.some((toast) => overlaps(toast, box))).length;
  });
  list.dataset.corner = corners[covered.indexOf(Math.min(...covered))];
}

/**
 * Keeps toasts off the buttons that people need, while toasts are shown. They lie above the layout and never change it.
 */
function useFreeCorner(region: RefObject<HTMLElement | null>, empty: boolean): void {
  useLayoutEffect(() => {
    const list = region.current;
    if (empty || list === null) return undefined;
    const look = () => place(list);
    const watch = new MutationObserver(look);
    watch.observe(document.body, { childList: true, subtree: true });
    for (const event of ['focusin', 'scroll', 'resize'])
      addEventListener(event, look, { capture: true, passive: true });
    look();
    return () => {
      watch.disconnect();
      for (const event of ['focusin', 'scroll', 'resize']) removeEventListener(event, look, { capture: true });
    };
  }, [region, empty]);
}

/** The window's toasts. F8 focuses them. */
export const Toasts = ({ toasts, onClose }: ToastsProps) => {
  const region = useRef<HTMLOListElement>(null);
  useFreeCorner(region, toasts.length === 0);
  return (
    <Radix.Provider label="Notification" swipeDirection="right">
      {toasts.map((toast) => (
        <Item key={toast.id} toast={toast} onClose={() => onClose(toast.id)} />
      ))}
      <Radix.Viewport ref={region} className={styles.region} />
    </Radix.Provider>
  );
};
