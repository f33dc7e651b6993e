import { useMemo, useRef, useState } from 'react';
import type { Progress } from '../../../preload/contract/define.ts';
import { useKeyfob } from '../../store/context.ts';
import { asKeyfobError } from '../../store/core/resource.ts';
import { tokenValues } from '../../store/hooks/tokenValues.ts';
import { useCopySecret, useGo } from '../../store/hooks/window.ts';
import type { DeviceToken } from '../../store/topics/deviceTokenReads.ts';
import { revokeMany } from '../../store/topics/revokeMany.ts';
import { failureToast } from '../../store/window/toasts.ts';
import { type Desk, type DeskNews, deviceOf, lookedAtOf, type Mark } from './desk.ts';
import { proofOfCheck, proofOfRevocation, proofOfStop } from './proof.ts';
import type { Mint } from './useMint.ts';

/** The screen's state, and the actions for rows and bars. */
export interface DeskState {
  readonly desk: Desk;
  readonly news: DeskNews | undefined;
  readonly qr: DeviceToken | undefined;
  readonly revoking: readonly DeviceToken[] | undefined;
  readonly verifying: boolean;
  setNews(news: DeskNews | undefined): void;
  closeQr(): void;
  closeRevoke(): void;
  /** Progress of the running revocation. */
  readonly revoked: Progress | undefined;
  /** Revokes, then asks the engine for the remaining active tokens, even when stopped. Rejects with `KeyfobError`. */
  revoke(tokens: readonly DeviceToken[]): Promise<void>;
  /** Stops the revocation. Tokens revoked so far stay revoked. */
  stopRevoking(): void;
  verifyAll(): Promise<void>;
}

export function useDeskState(mint: Mint): DeskState {
  const { host, store } = useKeyfob();
  const copySecret = useCopySecret();
  const go = useGo();
  const [news, setNews] = useState<DeskNews>();
  const [qr, setQr] = useState<DeviceToken>();
  const [revoking, setRevoking] = useState<readonly DeviceToken[]>();
  const [refreshed, setRefreshed] = useState<ReadonlyMap<number, Mark>>(new Map());
  const [checked, setChecked] = useState<ReadonlyMap<number, number>>(new Map());
  const [busy, setBusy] = useState<ReadonlySet<number>>(new Set());
  const [verifying, setVerifying] = useState(false);
  const [revoked, setRevoked] = useState<Progress>();
  const revocation = useRef<AbortController>(undefined);
  const newest = useRef(mint);
  newest.current = mint;

  const rowActions = useMemo(() => {
    const fail = (what: string, error: unknown) =>
      store.getState().toasts.show(failureToast(what, asKeyfobError(error)));
    const look = (token: DeviceToken) => store.getState().windowContext.look(lookedAtOf(newest.current.owner, token));
    const working = async (id: number, what: string, work: () => Promise<void>) => {
      setBusy((before) => new Set([...before, id]));
      try {
        await work();
      } catch (error) {
        fail(what, error);
      } finally {
        setBusy((before) => new Set([...before].filter((one) => one !== id)));
      }
    };
    return {
      look,
      use: (token: DeviceToken) => void store.getState().windowContext.take(lookedAtOf(newest.current.owner, token)),
      copy(token: DeviceToken) {
        const reveal = async () => (await tokenValues({ host, store }, token.id)).accessToken;
        void copySecret(`Token of ${deviceOf(token)}`, reveal);
      },
      showCurl(token: DeviceToken) {
        look(token);
        const { layout } = store.getState();
        if (!layout.snippetPane) layout.toggleSnippetPane();
      },
      showQr: (token: DeviceToken) => setQr(token),
      refresh: (token: DeviceToken) =>
        void working(token.id, `The token of ${deviceOf(token)} was not refreshed.`, async () => {
          const { id, why } = await host.call('tokens.refresh', { token: String(token.id) });
          const atMs = Date.now();
          setRefreshed((before) => new Map([...before, [id, { kind: 'refreshed', why, atMs }]]));
          const { windowContext, deviceTokens } = store.getState();
          if (windowContext.lookedAt?.tokenId === token.id) look({ ...token, id });
          await deviceTokens.ask([token.id, id]);
          setNews({ tone: 'good', text: `${deviceOf(token)} refreshed. Its old token no longer works.`, atMs });
        }),
      setEnd: (token: DeviceToken, inSeconds: number) =>
        void working(token.id, `The expiry of the token of ${deviceOf(token)} was not set.`, async () => {
          await host.call('tokens.setEnd', { token: String(token.id), inSeconds });
          await store.getState().deviceTokens.ask([token.id]);
        }),
      askToRevoke: (tokens: readonly DeviceToken[]) => setRevoking(tokens),
      mintAgain: (tokens: readonly DeviceToken[]) => void newest.current.mintAgain(tokens),
      explain: (token: DeviceToken) => go({ screen: 'tokens', token: String(token.id) }),
    };
  }, [host, store, copySecret, go]);

  const { outcome } = mint;
  const marks = useMemo(() => {
    const all = new Map<number, Mark>(refreshed);
    const { minted, atMs } = outcome ?? { minted: [], atMs: 0 };
    for (const { id, reused, why } of minted) all.set(id, { kind: reused ? 'same' : 'new', why, atMs });
    return all;
  }, [refreshed, outcome]);
  const desk = useMemo(() => ({ ...rowActions, marks, checked, busy }), [rowActions, marks, checked, busy]);

  /** The engine's current answer about these tokens, and its time. */
  async function ask(ids: readonly number[]) {
    const found = await store.getState().deviceTokens.ask(ids);
    const atMs = Date.now();
    setChecked((before) => {
      const after = new Map(before);
      for (const id of ids) after.delete(id);
      for (const { id, valid } of found) if (valid) after.set(id, atMs);
      return after;
    });
    return { found, atMs };
  }

  return {
    desk,
    ...{ news, setNews, qr, revoking, revoked, verifying },
    closeQr: () => setQr(undefined),
    closeRevoke: () => setRevoking(undefined),
    async revoke(tokens) {
      const ids = tokens.map(({ id }) => id);
      const gone = new Set(ids);
      // These tokens must still be active after the revocation.
      const { live = [], rows } = store.getState().deviceTokens;
      const rest = live.filter((id) => !gone.has(id) && rows.get(id)?.valid === true);
      const mine = new AbortController();
      revocation.current = mine;
      let stopped = false;
      try {
        await revokeMany(host, ids, { signal: mine.signal, onProgress: setRevoked });
      } catch (thrown) {
        const error = asKeyfobError(thrown);
        if (error.code !== 'cancelled') throw error;
        stopped = true;
      } finally {
        setRevoked(undefined);
      }
      const { found, atMs } = await ask([...ids, ...rest]);
      const asked = found.filter(({ id }) => gone.has(id));
      if (stopped) {
        setNews({ tone: 'warn', text: proofOfStop(asked), atMs, checked: true });
        return;
      }
      const { good, text } = proofOfRevocation(
        asked,
        found.filter(({ id }) => !gone.has(id)),
      );
      setNews({ tone: good ? 'good' : 'danger', text, atMs, checked: true });
    },
    stopRevoking: () => revocation.current?.abort(),
    async verifyAll() {
      const { live = [] } = store.getState().deviceTokens;
      setVerifying(true);
      try {
        const { found, atMs } = await ask(live);
        const { good, text } = proofOfCheck(found, live.length);
        setNews({ tone: good ? 'good' : 'warn', text, atMs, checked: true });
      } catch (error) {
        store.getState().toasts.show(failureToast('The tokens were not verified.', asKeyfobError(error)));
      } finally {
        setVerifying(false);
      }
    },
  };
}
