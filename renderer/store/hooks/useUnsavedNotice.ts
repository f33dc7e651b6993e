import { useEffect, useRef } from 'react';
import { useKeyfob } from '../context.ts';
import type { Route } from '../window/route.ts';

/** What to say of changes that wait to be saved, and how to get back to them. */
interface Unsaved {
  readonly title: string;
  readonly back: Route;
  /** The way back without the note: "Open the application again". */
  readonly alternative: string;
}

/** Tells, when the component goes away, that changes are kept but not saved, and leads back to them. `undefined`: there are none. */
export function useUnsavedNotice(unsaved: Unsaved | undefined): void {
  const { store } = useKeyfob();
  const newest = useRef(unsaved);
  newest.current = unsaved;
  useEffect(
    () => () => {
      const { toasts, route } = store.getState();
      const last = newest.current;
      if (last === undefined) return;
      const { title, back, alternative } = last;
      toasts.show({
        tone: 'warn',
        title,
        detail: 'Kept for you until this window is closed.',
        action: { label: 'Go back', alternative, run: () => route.go(back) },
      });
    },
    [store],
  );
}
