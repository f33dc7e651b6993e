import { useRef, useState } from 'react';
import type { Progress } from '../../../../preload/contract/define.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import type { DeviceToken } from '../../../store/topics/deviceTokenReads.ts';
import { revokeMany } from '../../../store/topics/revokeMany.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import type { News } from '../deviceActions.ts';
import { proofOfCheck, proofOfRevocation, proofOfStop } from './proof.ts';

/** Asks the engine which tokens are valid. */
type Check = (ids: readonly number[]) => Promise<{ readonly found: readonly DeviceToken[]; readonly atMs: number }>;

/** Checks tokens with the engine, and remembers when each was last found valid. */
export function useChecks(setNews: (news: News) => void) {
  const { store } = useKeyfob();
  const [checked, setChecked] = useState<ReadonlyMap<number, number>>(new Map());
  const [verifying, setVerifying] = useState(false);
  const check: Check = async (ids) => {
    const found = await store.getState().deviceTokens.ask(ids);
    const atMs = Date.now();
    setChecked((before) => {
      const after = new Map(before);
      for (const id of ids) after.delete(id);
      for (const { id, valid } of found) if (valid) after.set(id, atMs);
      return after;
    });
    return { found, atMs };
  };
  async function verifyAll(): Promise<void> {
    const { live = [] } = store.getState().deviceTokens;
    setVerifying(true);
    try {
      const { found, atMs } = await check(live);
      const { good, text } = proofOfCheck(found, live.length);
      setNews({ tone: good ? 'good' : 'warn', text, atMs, checked: true });
    } catch (error) {
      store.getState().toasts.show(failureToast('The tokens were not verified.', asKeyfobError(error)));
    } finally {
      setVerifying(false);
    }
  }
  return { checked, check, verifying, verifyAll };
}

/** Revokes tokens, and proves by a check that the others are still active. */
export function useRevocation(check: Check, setNews: (news: News) => void) {
  const { host, store } = useKeyfob();
  const [progress, setProgress] = useState<Progress>();
  const running = useRef<AbortController>(undefined);

  /** Resolves to false when it was stopped. Tokens revoked so far stay revoked. */
  async function revokeUnlessStopped(ids: readonly number[]): Promise<boolean> {
    const mine = new AbortController();
    running.current = mine;
    try {
      await revokeMany(host, ids, { signal: mine.signal, onProgress: setProgress });
      return true;
    } catch (thrown) {
      const error = asKeyfobError(thrown);
      if (error.code !== 'cancelled') throw error;
      return false;
    } finally {
      setProgress(undefined);
    }
  }

  /** Revokes, then checks these and all other active tokens, even when stopped. Rejects with `KeyfobError`. */
  async function revoke(tokens: readonly DeviceToken[]): Promise<void> {
    const ids = tokens.map(({ id }) => id);
    const gone = new Set(ids);
    const { live = [], rows } = store.getState().deviceTokens;
    const rest = live.filter((id) => !gone.has(id) && rows.get(id)?.valid === true);
    const finished = await revokeUnlessStopped(ids);
    const { found, atMs } = await check([...ids, ...rest]);
    const asked = found.filter(({ id }) => gone.has(id));
    if (!finished) {
      setNews({ tone: 'warn', text: proofOfStop(asked), atMs, checked: true });
      return;
    }
    const { good, text } = proofOfRevocation(
      asked,
      found.filter(({ id }) => !gone.has(id)),
    );
    setNews({ tone: good ? 'good' : 'danger', text, atMs, checked: true });
  }

  return { progress, revoke, stop: () => running.current?.abort() };
}
