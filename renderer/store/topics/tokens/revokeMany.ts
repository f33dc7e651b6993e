import type { Progress } from '../../../../preload/contract/define.ts';
import type { Host } from '../../../host/host.ts';

/** The largest number of ids that the contract takes in one call. */
const atOnce = 1000;

interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: Progress) => void;
}

/** Revokes any number of tokens. Gives how many were live. Rejects with `KeyfobError`; tokens revoked before stay revoked. */
export async function revokeMany(host: Host, ids: readonly number[], { signal, onProgress }: Watch): Promise<number> {
  let revoked = 0;
  for (let done = 0; done < ids.length; done += atOnce) {
    onProgress({ done, total: ids.length });
    const chunk = { ids: ids.slice(done, done + atOnce) };
    const onStep = (step: Progress) => onProgress({ done: done + step.done, total: ids.length });
    revoked += (await host.call('tokens.revokeMany', chunk, { signal, onProgress: onStep })).revoked.length;
  }
  return revoked;
}
