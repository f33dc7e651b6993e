import { useEffect, useRef } from 'react';

/**
 * Takes the focus to the screen when what had it is gone: the row of a deleted application, the list that led to a detail.
 * Looks whenever `news` becomes another value.
 */
export function useKeepFocus(news: string): void {
  const seen = useRef(news);
  useEffect(() => {
    if (seen.current === news) return;
    seen.current = news;
    if (document.activeElement === document.body) document.querySelector('main')?.focus({ preventScroll: true });
  }, [news]);
}
