import { useCallback, useEffect, useState } from 'react';
import type { KeyfobError } from '../../preload/contract/errors.ts';
import { usePresenting } from './presenting.ts';
import { asKeyfobError } from './resource.ts';

/** How long a revealed value stays shown. */
export const revealedForMs = 30_000;

/** A secret that is shown for a while. */
export interface Reveal {
  /** Present only while it is shown. */
  readonly value: string | undefined;
  readonly pending: boolean;
  readonly error: KeyfobError | undefined;
  /** Shows it; does nothing while presenting. */
  show(): void;
  hide(): void;
}

/**
 * A secret on demand: fetched when it is to be shown, forgotten after 30 s, when the window loses the focus, when
 * presenting begins and when the component goes. `fetchSecret` asks one of the contract's `reveal` methods.
 */
export function useReveal(fetchSecret: () => Promise<string>): Reveal {
  const presenting = usePresenting();
  const [value, setValue] = useState<string>();
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<KeyfobError>();

  const hide = useCallback(() => setValue(undefined), []);

  useEffect(() => {
    if (value === undefined) return undefined;
    const timer = setTimeout(hide, revealedForMs);
    const leave = () => document.hidden && hide();
    addEventListener('blur', hide);
    document.addEventListener('visibilitychange', leave);
    return () => {
      clearTimeout(timer);
      removeEventListener('blur', hide);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [value, hide]);

  useEffect(() => {
    if (presenting) hide();
  }, [presenting, hide]);

  async function show(): Promise<void> {
    if (presenting || pending) return;
    setPending(true);
    setError(undefined);
    try {
      setValue(await fetchSecret());
    } catch (thrown) {
      setError(asKeyfobError(thrown));
    } finally {
      setPending(false);
    }
  }

  return { value: presenting ? undefined : value, pending, error, show: () => void show(), hide };
}
