import { useCallback, useEffect, useRef, useState } from 'react';

type Revealed =
  | { readonly state: 'masked' }
  | { readonly state: 'asking' }
  | { readonly state: 'shown'; readonly value: string }
  | { readonly state: 'failed'; readonly problem: string };

const masked: Revealed = { state: 'masked' };

/**
 * Keeps a secret only while it is shown. `reveal` fetches it on demand. It is dropped after `maskAfterMs`, when the
 * window loses the focus, when `concealed` turns true, and on unmount. A later answer is discarded.
 */
export const useRevealed = (reveal: () => Promise<string>, concealed: boolean, maskAfterMs: number) => {
  const [revealed, setRevealed] = useState<Revealed>(masked);
  const asked = useRef(0);
  const hide = useCallback(() => {
    asked.current += 1;
    setRevealed(masked);
  }, []);
  const show = async () => {
    if (concealed) return;
    asked.current += 1;
    const mine = asked.current;
    setRevealed({ state: 'asking' });
    try {
      const value = await reveal();
      if (asked.current === mine) setRevealed({ state: 'shown', value });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      if (asked.current === mine) setRevealed({ state: 'failed', problem });
    }
  };
  const open = revealed.state !== 'masked';
  useEffect(() => {
    if (!open) return;
    if (concealed) {
      hide();
      return;
    }
    window.addEventListener('blur', hide);
    const timer = setTimeout(hide, maskAfterMs);
    return () => {
      window.removeEventListener('blur', hide);
      clearTimeout(timer);
    };
  }, [open, concealed, maskAfterMs, hide]);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );
  // The effect that drops the value runs after the paint, which would show one more frame.
  return { revealed: concealed ? masked : revealed, show, hide };
};
