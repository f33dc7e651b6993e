import { useCallback, useEffect, useRef, useState } from 'react';
import type { Progress } from '../../../../preload/contract/define.ts';
import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import { countOf, formatCount } from '../../../ui/facts/count.ts';
import { findLosses, type Losses, type RevokeTarget, revokeTarget } from './revocation.ts';

/** A revocation, from counting to its end. */
export interface Revoke {
  /** `undefined` while counting. */
  readonly losses: Losses | undefined;
  /** Progress of the counting or revoking. */
  readonly progress: Progress | undefined;
  readonly running: boolean;
  readonly error: KeyfobError | undefined;
  /** Revokes; resolves to whether it finished. A toast tells the result, even when stopped. */
  run(): Promise<boolean>;
  stop(): void;
}

interface Stage {
  readonly target: RevokeTarget | undefined;
  readonly losses?: Losses;
  readonly progress?: Progress;
  readonly running?: boolean;
  readonly error?: KeyfobError;
}

/** Counts the target's tokens whenever the target object changes, and revokes them on demand. */
export function useRevoke(target: RevokeTarget | undefined): Revoke {
  const { host } = useKeyfob();
  const toast = useToast();
  const [stage, setStage] = useState<Stage>({ target });
  const work = useRef<AbortController>(undefined);

  useEffect(() => {
    if (target === undefined) return undefined;
    const mine = new AbortController();
    const { signal } = mine;
    setStage({ target });
    findLosses(host, target, {
      signal,
      onProgress: (progress) => signal.aborted || setStage({ target, progress }),
    }).then(
      (losses) => signal.aborted || setStage({ target, losses }),
      (error: unknown) => signal.aborted || setStage({ target, error: asKeyfobError(error) }),
    );
    return () => mine.abort();
  }, [host, target]);

  const current: Stage = stage.target === target ? stage : { target };
  const { losses } = current;

  async function run(): Promise<boolean> {
    if (target === undefined || losses === undefined) return false;
    const mine = new AbortController();
    work.current = mine;
    let last: Progress = { done: 0, total: losses.count };
    const onProgress = (progress: Progress) => {
      last = progress;
      setStage({ target, losses, progress, running: true });
    };
    onProgress(last);
    try {
      const revoked = await revokeTarget(host, target, losses, { signal: mine.signal, onProgress });
      toast({ tone: 'good', title: `${countOf(revoked, 'token')} revoked.` });
      return true;
    } catch (thrown) {
      const error = asKeyfobError(thrown);
      if (error.code !== 'cancelled') {
        setStage({ target, losses, error });
        return false;
      }
      const done = `at least ${formatCount(last.done)} of ${countOf(last.total, 'token')}`;
      toast({ title: 'Stopped.', detail: `Revoked ${done}; the others are kept.` });
      return true;
    }
  }

  return {
    losses,
    progress: current.progress,
    running: current.running ?? false,
    error: current.error,
    run,
    stop: useCallback(() => work.current?.abort(), []),
  };
}
