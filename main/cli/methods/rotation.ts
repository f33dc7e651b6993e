import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { ProgressDisplay } from '../output/progress.ts';
import { note } from '../output/report.ts';
import type { Session } from '../session/session.ts';

const lookEveryMs = 100;

/**
 * Stays until everything is sealed with the new data key, where nobody else would go on with it. Throws what is in the way;
 * it is tried again whenever the vault is open.
 */
export async function waitForRotation(
  { call, isOwn }: Pick<Session, 'call' | 'isOwn'>,
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
      await delay(lookEveryMs);
    }
  } finally {
    progress.stop();
  }
}
