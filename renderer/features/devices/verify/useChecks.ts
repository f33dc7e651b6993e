import { useRef, useState } from 'react';
import type { Progress } from '../../../../preload/contract/define.ts';
import type { VerifiedDevice } from '../../../../preload/contract/devices.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useEndpointSwitch } from '../../../store/hooks/topics/useEndpointSwitch.ts';
import type { DeviceToken } from '../../../store/topics/devices/deviceTokenReads.ts';
import type { DeviceTokensSlice } from '../../../store/topics/devices/deviceTokens.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import type { Check, News } from '../deviceActions.ts';
import { proofOfCalls } from './proofOfCalls.ts';

/** The most tokens that the contract verifies in one call. */
const tokensPerCall = 1000;
/** Retired tokens that are called too, to show that they are refused. */
const mostRetired = 20;

/** The live tokens, and the newest retired token of each device without a live one. */
function tokensToVerify({ rows, live = [], retired }: DeviceTokensSlice): readonly number[] {
  const seen = new Set(live.map((id) => rows.get(id)?.device));
  const gone = retired.filter((id) => {
    const device = rows.get(id)?.device;
    if (seen.has(device)) return false;
    seen.add(device);
    return true;
  });
  return [...live, ...gone.slice(0, mostRetired)];
}

/** Checks tokens by their state or by calls of an API, and remembers the outcomes. */
export function useChecks(setNews: (news: News) => void) {
  const { host, store } = useKeyfob();
  const { start } = useEndpointSwitch();
  const [checked, setChecked] = useState<ReadonlyMap<number, Check>>(new Map());
  const [progress, setProgress] = useState<Progress>();
  const running = useRef<AbortController>(undefined);

  const remember = (ids: readonly number[], checks: readonly (readonly [number, Check])[]) =>
    setChecked((before) => {
      const after = new Map(before);
      for (const id of ids) after.delete(id);
      for (const [id, one] of checks) after.set(id, one);
      return after;
    });

  /** Asks the engine for the state of these tokens. */
  async function check(ids: readonly number[]) {
    const found: readonly DeviceToken[] = await store.getState().deviceTokens.ask(ids);
    const atMs = Date.now();
    remember(
      ids,
      found.filter(({ valid }) => valid).map(({ id }) => [id, { ok: true, text: 'found valid', atMs }]),
    );
    return { found, atMs };
  }

  async function callAll(ids: readonly number[], signal: AbortSignal): Promise<readonly VerifiedDevice[]> {
    const { owner } = store.getState().deviceTokens;
    if (owner === undefined) return [];
    const { application, keyType, username } = owner;
    const whose = { application, keyType, ...(username !== undefined && { username }) };
    const items: VerifiedDevice[] = [];
    for (let from = 0; from < ids.length; from += tokensPerCall) {
      const onProgress = ({ done }: Progress) => setProgress({ done: from + done, total: ids.length });
      const tokens = ids.slice(from, from + tokensPerCall);
      items.push(...(await host.call('devices.verify', { ...whose, tokens }, { signal, onProgress })).items);
    }
    return items;
  }

  /** Calls the API with each token. */
  async function verifyAll(): Promise<void> {
    const ids = tokensToVerify(store.getState().deviceTokens);
    const mine = new AbortController();
    running.current = mine;
    setProgress({ done: 0, total: ids.length });
    try {
      const items = await callAll(ids, mine.signal);
      const atMs = Date.now();
      remember(
        ids,
        items.map(({ tokenId, ok, text, status }) => [tokenId, { ok, text, status, atMs }]),
      );
      const { good, text } = proofOfCalls(items);
      setNews({ tone: good ? 'good' : 'warn', text, atMs, checked: true });
    } catch (thrown) {
      const error = asKeyfobError(thrown);
      if (error.code === 'cancelled') return;
      const isStopped = error.code === 'call_failed';
      store.getState().toasts.show({
        ...failureToast('The tokens were not verified.', error),
        ...(isStopped && {
          action: { label: 'Start it', alternative: 'Start the endpoint on its screen', run: () => void start() },
        }),
      });
    } finally {
      setProgress(undefined);
    }
  }
  return { checked, check, progress, verifyAll, stop: () => running.current?.abort() };
}
