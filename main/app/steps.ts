import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress, Watch } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Steps } from '../engine/ports/ports.ts';
import type { GroupCommit } from '../store/database/commit.ts';

type Next<T> = () => Promise<IteratorResult<Progress, T>>;

async function run<T>(next: Next<T>, { cancelled, onProgress }: Watch): Promise<T> {
  for (;;) {
    if (cancelled()) throw new KeyfobError('cancelled', 'Cancelled. Nothing was changed.');
    const step = await next();
    if (step.done) return step.value;
    onProgress(step.value);
  }
}

/** Runs the work of a `job` in steps, so that other requests are not blocked. */
export const createSteps = (submit: GroupCommit['submit']): Steps => ({
  read: (steps, watch) => run(() => nextTurn().then(() => steps.next()), watch),
  write: (steps, watch) => run(() => submit(() => steps.next()), watch),
  once: (work) => submit(work),
});
