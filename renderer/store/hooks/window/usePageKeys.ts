import { useEffect, useRef } from 'react';

/** Focuses a page once, and goes back by Escape. Gives the ref of the page. */
export function usePageKeys(goBack: () => void) {
  const root = useRef<HTMLDivElement>(null);
  const back = useRef(goBack);
  back.current = goBack;
  useEffect(() => {
    root.current?.focus({ preventScroll: true });
    const onKeyDown = (event: KeyboardEvent) => {
      // An open menu or dialog handles its own Escape.
      if (event.key === 'Escape' && !event.defaultPrevented) back.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
  return root;
}
