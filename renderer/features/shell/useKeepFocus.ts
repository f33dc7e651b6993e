import { type RefObject, useEffect } from 'react';

/** Frames to wait. A component that removes the focused element may move the focus itself. */
const graceMs = 100;

/**
 * Moves the focus to the screen when the focused element is removed or disabled, like the row of a deleted application.
 */
export function useKeepFocus(main: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let last: EventTarget | null = null;
    let grace: ReturnType<typeof setTimeout> | undefined;
    const remember = ({ target }: FocusEvent) => {
      last = target;
    };
    const isLost = () =>
      document.activeElement === document.body &&
      last instanceof Element &&
      (!last.isConnected || last.matches(':disabled'));
    const watcher = new MutationObserver(() => {
      if (grace !== undefined || !isLost()) return;
      grace = setTimeout(() => {
        grace = undefined;
        if (isLost()) main.current?.focus({ preventScroll: true });
      }, graceMs);
    });
    document.addEventListener('focusin', remember);
    watcher.observe(document.body, { childList: true, subtree: true, attributeFilter: ['disabled'] });
    return () => {
      document.removeEventListener('focusin', remember);
      watcher.disconnect();
      clearTimeout(grace);
    };
  }, [main]);
}
