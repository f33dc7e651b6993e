import { type RefObject, useMemo, useRef, useState } from 'react';
import { type Keyfob, useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { tokenValues } from '../../../store/hooks/topics/tokenValues.ts';
import { useCopySecret, useGo } from '../../../store/hooks/window/window.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { deviceOf } from '../../../store/topics/tokens/tokenFacts.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { type DeviceActions, lookedAtOf, type News, type RowEvent } from '../deviceActions.ts';
import type { Mint } from '../mint/useMint.ts';

type Actions = Omit<DeviceActions, 'events' | 'checked' | 'busy'>;

interface Screen {
  readonly mint: Mint;
  setNews(news: News): void;
  showQr(token: DeviceToken): void;
  askToRevoke(tokens: readonly DeviceToken[]): void;
}

/** The actions that call the engine. `working` marks the row as busy and reports a failure by a toast. */
const engineActions = (
  { host, store }: Keyfob,
  setNews: Screen['setNews'],
  look: Actions['look'],
  onRefreshed: (id: number, event: RowEvent) => void,
  working: (id: number, failure: string, work: () => Promise<void>) => Promise<void>,
): Pick<Actions, 'refresh' | 'expire'> => ({
  refresh: (token) =>
    void working(token.id, `The token of ${deviceOf(token)} was not refreshed.`, async () => {
      const { id, why } = await host.call('tokens.refresh', { token: String(token.id) });
      const atMs = Date.now();
      onRefreshed(id, { kind: 'refreshed', why, atMs });
      const { windowContext, deviceTokens } = store.getState();
      if (windowContext.lookedAt?.tokenId === token.id) look({ ...token, id });
      await deviceTokens.ask([token.id, id]);
      setNews({ tone: 'good', text: `${deviceOf(token)} refreshed. Its old token no longer works.`, atMs });
    }),
  expire: (token, inSeconds) =>
    void working(token.id, `The expiry of the token of ${deviceOf(token)} was not set.`, async () => {
      await host.call('tokens.setExpiry', { token: String(token.id), inSeconds });
      await store.getState().deviceTokens.ask([token.id]);
    }),
});

/** The actions that change the window only. */
const windowActions = (
  { host, store }: Keyfob,
  newest: RefObject<Screen>,
  copySecret: ReturnType<typeof useCopySecret>,
  go: ReturnType<typeof useGo>,
): Omit<Actions, 'refresh' | 'expire'> => {
  const look = (token: DeviceToken) =>
    store.getState().windowContext.look(lookedAtOf(newest.current.mint.owner, token));
  const showCommand = (token: DeviceToken) => {
    look(token);
    const { layout } = store.getState();
    layout.openSnippetPane();
  };
  return {
    look,
    use: (token) => void store.getState().windowContext.take(lookedAtOf(newest.current.mint.owner, token)),
    copyToken(token) {
      const reveal = async () => (await tokenValues({ host, store }, token.id)).accessToken;
      void copySecret(`Token of ${deviceOf(token)}`, reveal);
    },
    showCommand,
    callApi(token) {
      showCommand(token);
      store.getState().snippets.queueRun('api', false);
    },
    showQr: (token) => newest.current.showQr(token),
    askToRevoke: (tokens) => newest.current.askToRevoke(tokens),
    mintAgain: (tokens) => void newest.current.mint.mintAgain(tokens),
    show: (token) => go({ screen: 'tokens', token: String(token.id) }),
  };
};

/** Gives the actions of rows, the ids of busy rows, and the refreshed tokens. The actions stay the same. */
export function useRowActions(screen: Screen) {
  const keyfob = useKeyfob();
  const copySecret = useCopySecret();
  const go = useGo();
  const [refreshed, setRefreshed] = useState<ReadonlyMap<number, RowEvent>>(new Map());
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const newest = useRef(screen);
  newest.current = screen;
  const actions = useMemo((): Actions => {
    const working = async (id: number, failure: string, work: () => Promise<void>) => {
      setBusy((before) => new Set([...before, id]));
      try {
        await work();
      } catch (error) {
        keyfob.store.getState().toasts.show(failureToast(failure, asKeyfobError(error)));
      } finally {
        setBusy((before) => new Set([...before].filter((one) => one !== id)));
      }
    };
    const ofWindow = windowActions(keyfob, newest, copySecret, go);
    const onRefreshed = (id: number, event: RowEvent) => setRefreshed((before) => new Map([...before, [id, event]]));
    return {
      ...ofWindow,
      ...engineActions(keyfob, (news) => newest.current.setNews(news), ofWindow.look, onRefreshed, working),
    };
  }, [keyfob, copySecret, go]);
  return { actions, busy, refreshed };
}
