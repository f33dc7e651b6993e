import type { Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { VaultRotation } from '../../../preload/contract/vault.ts';
import { storageError } from '../../store/database/errors.ts';
import type { Vault } from '../../vault/vault.ts';
import { type ResealingParts, resealAll } from './resealing.ts';

export interface RotationParts extends Pick<ResealingParts, 'sealedRows' | 'submit'> {
  readonly vault: Pick<Vault, 'status' | 'finishRotation'>;
  /** Removes bytes of overwritten rows from the files. */
  readonly secureDelete: () => Promise<void>;
  /** Called after progress, at most ten times a second, and at the end. */
  readonly onProgress: () => void;
  /** Called with unexpected errors. */
  readonly onError: (error: unknown) => void;
}

/** Re-encrypts all values in the background after the data key was replaced. */
export interface Rotation {
  /** Progress; undefined if no rotation is unfinished. */
  status(): VaultRotation | undefined;
  /** Starts or continues an unfinished rotation, if there is one. The vault must be open. */
  resume(): void;
  /** Stops before the next step. Resolves when the current step is done. */
  pause(): Promise<void>;
  /** Resolves when nothing is running any more. Rejects with the error that stopped the rotation. */
  ended(): Promise<void>;
}

/** More frequent progress would not be visible. */
const notifyEveryMs = 100;
/** A stopped rotation is retried, as its cause may have been fixed. */
const retryAfterMs = 60_000;

interface Run {
  stopped: boolean;
  done: Promise<void>;
}

/** Creates the rotation of a vault. It does nothing until {@link Rotation.resume}. */
export function createRotation(parts: RotationParts): Rotation {
  const { vault, sealedRows, submit, secureDelete, onProgress, onError } = parts;
  let run: Run | undefined;
  let step: Promise<unknown> = Promise.resolve();
  let progress: Progress = { done: 0, total: 0 };
  let fault: KeyfobError | undefined;
  let retry: NodeJS.Timeout | undefined;
  let notifiedAtMs = 0;

  const isUnfinished = (): boolean => vault.status().rotation !== undefined;

  const track = <T>(work: Promise<T>): Promise<T> => {
    step = work.catch(() => undefined);
    return work;
  };

  const onCounted = (counted: Progress): void => {
    progress = counted;
    onProgress();
  };

  const onResealed = (values: number): void => {
    const { done, total } = progress;
    progress = { done: Math.min(total, done + values), total };
    const nowMs = performance.now();
    if (nowMs - notifiedAtMs < notifyEveryMs) return;
    notifiedAtMs = nowMs;
    onProgress();
  };

  const work = async (mine: Run): Promise<void> => {
    const stopped = () => mine.stopped;
    await resealAll({ sealedRows, submit, stopped, onCounted, onResealed, track });
    if (mine.stopped) return;
    await track(secureDelete());
    if (!mine.stopped) await vault.finishRotation();
  };

  const onFailed = (mine: Run, error: unknown): void => {
    // A lock or the end of the program stopped it. That is not a failure.
    if (mine.stopped || vault.status().state !== 'unlocked') return;
    const known = storageError(error);
    if (known instanceof KeyfobError) fault = known;
    else {
      onError(error);
      fault = new KeyfobError('internal', 'An unexpected error occurred in Keyfob. Please report it.');
    }
    retry = setTimeout(resume, retryAfterMs).unref();
  };

  async function start(mine: Run, previous: Promise<void> | undefined): Promise<void> {
    await previous;
    progress = { done: 0, total: 0 };
    await work(mine).catch((error: unknown) => onFailed(mine, error));
    if (run === mine) run = undefined;
    onProgress();
  }

  function resume(): void {
    if ((run !== undefined && !run.stopped) || !isUnfinished()) return;
    clearTimeout(retry);
    fault = undefined;
    const mine: Run = { stopped: false, done: Promise.resolve() };
    mine.done = start(mine, run?.done);
    run = mine;
  }

  return {
    status() {
      if (!isUnfinished()) return undefined;
      if (fault !== undefined) {
        const { code, message } = fault;
        return { state: 'stopped', ...progress, fault: { code, message } };
      }
      return { state: run === undefined || run.stopped ? 'paused' : 'running', ...progress };
    },
    resume,
    async pause() {
      clearTimeout(retry);
      if (run !== undefined) run.stopped = true;
      await step;
    },
    async ended() {
      await run?.done;
      if (fault !== undefined) throw fault;
    },
  };
}
