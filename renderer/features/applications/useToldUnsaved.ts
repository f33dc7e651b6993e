import { useEffect, useRef } from 'react';
import { useKeyfob } from '../../store/context.ts';
import type { Route } from '../../store/route.ts';

/** Tells, when the component goes away, that its changes wait to be saved, and leads back to them. */
export function useToldUnsaved(changed: boolean, title: string, back: Route): void {
  const { store } = useKeyfob();
  const newest = useRef({ changed, title, back });
  newest.current = { changed, title, back };
  useEffect(
    () => () => {
      const { toasts, route } = store.getState();
      const last = newest.current;
      if (!last.changed) return;
      toasts.show({
        tone: 'warn',
        title: last.title,
        detail: 'They are kept for you until this window is closed.',
        action: { label: 'Go back', alternative: 'Open the application again', run: () => route.go(last.back) },
      });
    },
    [store],
  );
}
