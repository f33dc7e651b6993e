import { useMemo, useState } from 'react';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import type { DeviceActions, News, RowEvent } from '../deviceActions.ts';
import { useRevocation } from '../dialogs/useRevocation.ts';
import type { Mint } from '../mint/useMint.ts';
import { useChecks } from '../verify/useChecks.ts';
import { useRowActions } from './useRowActions.ts';

/** Gives the events of minted and refreshed tokens, by token id. */
function useEvents({ outcome }: Mint, refreshed: ReadonlyMap<number, RowEvent>): ReadonlyMap<number, RowEvent> {
  return useMemo(() => {
    const all = new Map<number, RowEvent>(refreshed);
    const { minted, atMs } = outcome ?? { minted: [], atMs: 0 };
    for (const { id, reused, why } of minted) all.set(id, { kind: reused ? 'same' : 'new', why, atMs });
    return all;
  }, [refreshed, outcome]);
}

/** Gives the screen's state: the actions for rows and bars, the last action's result, and the open dialogs. */
export function useDeviceTokensState(mint: Mint, showQr: (token: DeviceToken) => void) {
  const [news, setNews] = useState<News>();
  const [toRevoke, setToRevoke] = useState<readonly DeviceToken[]>();
  const { actions, busy, refreshed } = useRowActions({ mint, setNews, showQr, askToRevoke: setToRevoke });
  const { checked, check, ...verification } = useChecks(setNews);
  const revocation = useRevocation(check, setNews);
  const events = useEvents(mint, refreshed);
  const all = useMemo<DeviceActions>(() => ({ ...actions, events, checked, busy }), [actions, events, checked, busy]);
  return {
    actions: all,
    ...{ news, setNews, verification, revocation },
    ...{ toRevoke, closeRevoke: () => setToRevoke(undefined) },
  };
}
