import { setTimeout as delay } from 'node:timers/promises';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { ProgressDisplay } from './progress.ts';
import { note } from './report.ts';
import type { Session } from './session.ts';

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
    note('Everything is sealed anew while Keyfob serves on; `keyfob vault status` tells how far it is.');
    return;
  }
  note('Everything is sealed anew now. Should this be broken off, it goes on when the vault is open next.');
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
