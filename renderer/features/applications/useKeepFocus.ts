import { useEffect, useRef } from 'react';

/**
 * Takes the focus to the screen when what had it is gone: the row of a deleted application, the list that led to a detail.
 * Looks whenever `news` becomes another value.
 */
export function useKeepFocus(news: string): void {
  const last = useRef<EventTarget>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      last.current = target;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the news is what may have taken the focused element away
  useEffect(() => {
    const lost = last.current instanceof Node && !last.current.isConnected;
    if (lost && document.activeElement === document.body)
      document.querySelector('main')?.focus({ preventScroll: true });
  }, [news]);
}
