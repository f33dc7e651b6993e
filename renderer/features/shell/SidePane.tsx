import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useLayoutEffect, useRef } from 'react';
import { useKeyfobState } from '../../store/context.ts';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { ErrorBoundary } from './fallbacks/ErrorBoundary.tsx';
import styles from './SidePane.module.css';

/** Whether the pane covers the middle of the focused element. */
function covers(pane: Element, focused: Element): boolean {
  const over = pane.getBoundingClientRect();
  const { left, width, top, height } = focused.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  return x > over.left && x < over.right && y > over.top && y < over.bottom;
}

/**
 * The snippets next to the screen, or over its edge in a narrow window. There it closes on Escape, or when it would
 * cover the focus.
 */
export const SidePane = ({ children }: { readonly children: ReactNode }) => {
  const { narrow, toggleSnippetPane, paneTakesFocus } = useKeyfobState((state) => state.layout);
  const pane = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const opener = document.activeElement;
    const { current } = pane;
    const screen = current?.parentElement?.querySelector('main');
    return () => {
      // Move the focus out first: closing the pane would drop it.
      if (current?.contains(document.activeElement) !== true) return;
      const back = opener instanceof HTMLElement && opener !== document.body && opener.isConnected ? opener : screen;
      back?.focus({ preventScroll: true });
    };
  }, []);

  useEffect(() => {
    if (paneTakesFocus) pane.current?.focus({ preventScroll: true });
  }, [paneTakesFocus]);

  useEffect(() => {
    if (!narrow) return undefined;
    const look = ({ target }: FocusEvent) => {
      const { current } = pane;
      const frame = current?.parentElement;
      if (!current || !frame || !(target instanceof Element)) return;
      if (frame.contains(target) && !current.contains(target) && covers(current, target)) toggleSnippetPane();
    };
    document.addEventListener('focusin', look);
    return () => document.removeEventListener('focusin', look);
  }, [narrow, toggleSnippetPane]);

  const close = (event: KeyboardEvent<HTMLDivElement>) => {
    // A list that is open inside the pane handles its own Escape.
    if (!narrow || event.key !== 'Escape' || event.defaultPrevented) return;
    if (event.target instanceof Node && pane.current?.contains(event.target) === true) toggleSnippetPane();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape comes from the controls inside
    <div ref={pane} tabIndex={-1} className={styles.root} onKeyDown={close}>
      <ErrorBoundary>
        <Suspense fallback={<Skeleton lines={4} label="Loading the snippets" />}>{children}</Suspense>
      </ErrorBoundary>
    </div>
  );
};
