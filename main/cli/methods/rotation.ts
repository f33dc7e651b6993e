import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { ProgressDisplay } from '../output/progress.ts';
import { note } from '../output/report.ts';
import type { CalledProcess } from './traits.ts';

const pollEveryMs = 100;

/**
 * Waits until every value is sealed with the new data key, unless another process owns the data folder and continues. Throws
 * the error that stopped the rotation. It continues the next time the vault is open.
 */
export async function waitForRotation(
  { call, isOwn }: CalledProcess,
  progress: Pick<ProgressDisplay, 'start' | 'update' | 'stop'>,
): Promise<void> {
  if (!isOwn()) {
    note('Re-encrypting everything while Keyfob keeps serving; `keyfob vault status` shows the progress.');
    return;
  }
  note('Re-encrypting everything. If this is interrupted, it continues when the vault is next open.');
  progress.start();
  try {
    for (;;) {
      const { rotation } = await call('vault.status', {});
      if (rotation === undefined) return;
      if (rotation.fault !== undefined) throw new KeyfobError(rotation.fault.code, rotation.fault.message);
      if (rotation.total > 0) progress.update(rotation);
      await delay(pollEveryMs);
    }
  } finally {
    progress.stop();
  }
}
