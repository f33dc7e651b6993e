import { useRef, useState } from 'react';
import type { Progress } from '../../../../preload/contract/define.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import { revokeMany } from '../../../store/topics/tokens/revokeMany.ts';
import type { News } from '../deviceActions.ts';
import { proofOfRevocation, proofOfStop } from './proof.ts';

/** Asks the engine which tokens are valid. */
type Check = (ids: readonly number[]) => Promise<{ readonly found: readonly DeviceToken[]; readonly atMs: number }>;

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
