import { FastForward, History, RotateCcw } from 'lucide-react';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { useClockOffsetSeconds } from '../../store/hooks/window/useTokenTime.ts';
import { useKeymap } from '../../store/hooks/window/window.ts';
import { runShortcut } from '../../store/runShortcut.ts';
import { type Expiry, expiriesAt } from '../../store/topics/tokens/expiries.ts';
import { shownKeys } from '../../store/window/keys/keyPress.ts';
import { failureToast } from '../../store/window/toasts.ts';
import type { PaletteGroup } from './entry.ts';

const hour = 3600;
const steps = [
  { words: '+1 h', seconds: hour },
  { words: '+1 day', seconds: 24 * hour },
  { words: '−1 h', seconds: -hour },
  { words: '−1 day', seconds: -24 * hour },
];

/** Moves token time. The status bar tells the result. */
export function useClockActions(): PaletteGroup {
  const keyfob = useKeyfob();
  const { host, store } = keyfob;
  const { keymap } = useKeymap();
  const offsetSeconds = useClockOffsetSeconds();
  const move = (to: number) =>
    host
      .call('settings.write', { clockOffsetSeconds: to })
      .catch((error: unknown) =>
        store.getState().toasts.show(failureToast('The clock was not moved.', asKeyfobError(error))),
      );
  const moveTo = async (expires: Expiry['expires'], none: string) => {
    const { toasts } = store.getState();
    try {
      const { items } = await host.call('tokens.expiries', { limit: 500 });
      const { skewSeconds, clockOffsetSeconds } = await host.call('settings.read', {});
      const next = expiriesAt(items, skewSeconds, Date.now()).find(
        (one) => one.expires === expires && one.offsetSeconds > clockOffsetSeconds,
      );
      if (next === undefined) toasts.show({ tone: 'info', title: none });
      else await move(next.offsetSeconds);
    } catch (error) {
      toasts.show(failureToast('The clock was not moved.', asKeyfobError(error)));
    }
  };
  const jumps = [
    {
      id: 'clock next expiry',
      label: 'Clock to the next expiry',
      icon: FastForward,
      keywords: ['move', 'time', 'expire', 'forward', 'ahead', 'jump'],
      run: () => void moveTo('access_token', 'No access token expires.'),
    },
    {
      id: 'clock refresh end',
      label: 'Clock to the end of the refresh token',
      icon: FastForward,
      keywords: ['move', 'time', 'expire', 'expiry', 'forward', 'ahead', 'jump'],
      run: () => void moveTo('refresh_token', 'No refresh token expires.'),
    },
  ];
  const back = {
    id: 'clock real',
    label: 'Back to real time',
    icon: RotateCcw,
    keys: shownKeys(keymap.realTime[0] ?? ''),
    keywords: ['clock', 'reset'],
    run: () => runShortcut('realTime', keyfob),
  };
  const moves = steps.map(({ words, seconds }) => ({
    id: `clock ${seconds}`,
    label: `Clock ${words}`,
    icon: History,
    keywords: ['move', 'time', 'expire', seconds > 0 ? 'forward ahead' : 'back'],
    run: () => void move(offsetSeconds + seconds),
  }));
  return { heading: 'Clock', entries: [...moves, ...jumps, ...(offsetSeconds === 0 ? [] : [back])] };
}
