import { useSyncExternalStore } from 'react';

const asked = matchMedia('(prefers-reduced-motion: reduce)');

const watch = (changed: () => void) => {
  asked.addEventListener('change', changed);
  return () => asked.removeEventListener('change', changed);
};

/** Whether the system asks for reduced motion. */
export const useReducedMotion = (): boolean => useSyncExternalStore(watch, () => asked.matches);
