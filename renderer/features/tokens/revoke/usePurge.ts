import { useEffect, useRef, useState } from 'react';
import type { InputOf, Progress } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { countOf } from '../../../ui/facts/count.ts';

/** The retired tokens to purge. */
export type PurgeTarget = InputOf<MethodOf<'tokens.purge'>>;

interface Stage {
  readonly key: string;
  readonly count?: number;
  readonly progress?: Progress;
  readonly running?: boolean;
  readonly error?: KeyfobError;
}

/** A purge, from counting to its end. */
export interface Purge extends Omit<Stage, 'key'> {
  /** Purges; resolves to whether it finished. A toast tells the result, even when stopped. */
  run(): Promise<boolean>;
  stop(): void;
}

/** Counts the target's tokens whenever the target changes, and purges them on demand. */
export function usePurge(target: PurgeTarget | undefined): Purge {
  const { host } = useKeyfob();
  const toast = useToast();
  const key = JSON.stringify(target) ?? '';
  const [stage, setStage] = useState<Stage>({ key });
  const work = useRef<AbortController>(undefined);
  const newest = useRef(target);
  newest.current = target;

  useEffect(() => {
    const asked = newest.current;
    if (key === '' || asked === undefined) return undefined;
    const mine = new AbortController();
    const { signal } = mine;
    const watch = { signal, onProgress: (progress: Progress) => signal.aborted || setStage({ key, progress }) };
    host.call('tokens.purgeable', asked, watch).then(
      ({ count }) => signal.aborted || setStage({ key, count }),
      (error: unknown) => signal.aborted || setStage({ key, error: asKeyfobError(error) }),
    );
    return () => mine.abort();
  }, [host, key]);

  const { key: _, ...current } = stage.key === key ? stage : { key };
  return {
    ...current,
    async run() {
      if (target === undefined) return false;
      const mine = new AbortController();
      work.current = mine;
      const { count } = current;
      const show = (more: Partial<Stage>) => setStage({ key, ...(count !== undefined && { count }), ...more });
      show({ running: true });
      try {
        const onProgress = (progress: Progress) => show({ running: true, progress });
        const { purged } = await host.call('tokens.purge', target, { signal: mine.signal, onProgress });
        toast({ tone: 'good', title: `${countOf(purged, 'token')} purged.` });
        return true;
      } catch (thrown) {
        const error = asKeyfobError(thrown);
        if (error.code !== 'cancelled') {
          show({ error });
          return false;
        }
        toast({ title: 'Stopped.', detail: 'Tokens purged so far are gone. The others are kept.' });
        return true;
      }
    },
    stop: () => work.current?.abort(),
  };
}
