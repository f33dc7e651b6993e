import { useEffect, useRef } from 'react';
import { useKeyfob } from '../../context.ts';
import type { Route } from '../../window/route.ts';

/** The text of the notice, and the way back to the changes. */
interface Unsaved {
  readonly title: string;
  readonly back: Route;
  /** The way back without the toast: "Open the application again". */
  readonly alternative: string;
}

/** Shows a toast about unsaved changes when the component goes away, with the way back. `undefined`: no changes. */
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
