import { setImmediate as othersTurn } from 'node:timers/promises';
import type { Progress } from '../../preload/contract/define.ts';
import { KeyfobError } from '../../preload/contract/errors.ts';
import type { VaultRotation } from '../../preload/contract/vault.ts';
import type { GroupCommit } from '../store/database/commit.ts';
import { storageError } from '../store/database/errors.ts';
import type { SealedRows } from '../store/sealedRows.ts';
import type { Vault } from '../vault/vault.ts';

export interface RotationParts {
  readonly vault: Pick<Vault, 'status' | 'finishRotation'>;
  readonly sealedRows: () => readonly SealedRows[];
  readonly submit: GroupCommit['submit'];
  /** Overwrites what the files still hold of rows as they were. */
  readonly erase: () => Promise<void>;
  /** After each step that others may want to see, and at the end. */
  readonly onProgress: () => void;
  /** Hears of faults that are nobody's input. */
  readonly onError: (error: unknown) => void;
}

/** Seals everything anew after the data key was replaced, beside all else. */
export interface Rotation {
  /** How far it is; nothing when none is under way. */
  status(): VaultRotation | undefined;
  /** Begins, or goes on with what was left; there may be nothing to do. The vault is open. */
  goOn(): void;
  /** No further step; resolves when the last one is done. */
  pause(): Promise<void>;
  /** Resolves when nothing is under way any more. Rejects with what holds it up. */
  ended(): Promise<void>;
}

/** Who watches sees no more. */
const tellEveryMs = 100;
/** Rows in one transaction: about a millisecond. */
const rowsAtOnce = 64;
/** Something else than time may have put right what held it up. */
const retryAfterMs = 60_000;
/** Rows told of one by one. */
const mostNamed = 20;

interface Run {
  stopped: boolean;
  done: Promise<void>;
}

const damage = (rows: readonly string[]): KeyfobError => {
  const more = rows.length > mostNamed ? ` and ${rows.length - mostNamed} more` : '';
  const named = `${rows.slice(0, mostNamed).join(', ')}${more}`;
  return new KeyfobError(
    'sealed_value_damaged',
    `Values do not open and stay as they are, with the data key before: ${named}. Set those passwords anew, regenerate those secrets, delete the applications of those tokens, or put back a copy of the data folder; Keyfob looks again every minute.`,
  );
};

/**
 * Where it was is not written down: whoever goes on looks for values that are not sealed with the newest key, and is done
 * when there are none. So no two places can disagree, and a kill at any instant costs a second look.
 */
export function createRotation(parts: RotationParts): Rotation {
  const { vault, sealedRows, submit, erase, onProgress, onError } = parts;
  let run: Run | undefined;
  let step: Promise<unknown> = Promise.resolve();
  let progress: Progress = { done: 0, total: 0 };
  let fault: KeyfobError | undefined;
  let retry: NodeJS.Timeout | undefined;
  let toldMs = 0;

  const unfinished = (): boolean => vault.status().rotation !== undefined;

  const tell = (): void => {
    const nowMs = performance.now();
    if (nowMs - toldMs < tellEveryMs) return;
    toldMs = nowMs;
    onProgress();
  };

  /** A step that {@link Rotation.pause} waits for. */
  const waitedFor = <T>(work: Promise<T>): Promise<T> => {
    step = work.catch(() => undefined);
    return work;
  };

  /** Looks at all rows of a column, a few at each turn. */
  async function* looks(mine: Run, rows: SealedRows) {
    for (let after: number | undefined = 0; after !== undefined; ) {
      await othersTurn();
      if (mine.stopped) return;
      const looked: ReturnType<SealedRows['scan']> = rows.scan(after);
      yield looked;
      after = looked.next;
    }
  }

  const count = async (mine: Run, all: readonly SealedRows[]): Promise<Progress> => {
    let total = 0;
    let old = 0;
    for (const rows of all) {
      for await (const looked of looks(mine, rows)) {
        total += looked.values;
        old += looked.old.length;
      }
    }
    return { done: total - old, total };
  };

  /** Gives the values that do not open. */
  const resealAll = async (mine: Run, all: readonly SealedRows[]): Promise<readonly string[]> => {
    const damaged: string[] = [];
    for (const rows of all) {
      for await (const { old } of looks(mine, rows)) {
        for (let at = 0; at < old.length && !mine.stopped; at += rowsAtOnce) {
          const some = old.slice(at, at + rowsAtOnce);
          const failed = await waitedFor(submit(() => rows.reseal(some), { repeatable: true }));
          damaged.push(...failed.map((id) => `${rows.column} of row ${id}`));
          const { done, total } = progress;
          progress = { done: Math.min(total, done + some.length - failed.length), total };
          tell();
        }
      }
    }
    return damaged;
  };

  const work = async (mine: Run): Promise<void> => {
    const all = sealedRows();
    let damaged: readonly string[] = [];
    for (;;) {
      const counted = await count(mine, all);
      if (mine.stopped) return;
      progress = counted;
      onProgress();
      if (counted.done === counted.total) break;
      if (damaged.length > 0) throw damage(damaged);
      damaged = await resealAll(mine, all);
      if (mine.stopped) return;
    }
    await waitedFor(erase());
    if (!mine.stopped) await vault.finishRotation();
  };

  const failed = (mine: Run, error: unknown): void => {
    // A lock came first, or the end of the program.
    if (mine.stopped || vault.status().state !== 'unlocked') return;
    const known = storageError(error);
    if (known instanceof KeyfobError) fault = known;
    else {
      onError(error);
      fault = new KeyfobError('internal', 'Keyfob failed in a way it did not foresee; please report it.');
    }
    retry = setTimeout(goOn, retryAfterMs).unref();
  };

  async function start(mine: Run, before: Promise<void> | undefined): Promise<void> {
    await before;
    progress = { done: 0, total: 0 };
    await work(mine).catch((error: unknown) => failed(mine, error));
    if (run === mine) run = undefined;
    onProgress();
  }

  function goOn(): void {
    if ((run !== undefined && !run.stopped) || !unfinished()) return;
    clearTimeout(retry);
    fault = undefined;
    const mine: Run = { stopped: false, done: Promise.resolve() };
    mine.done = start(mine, run?.done);
    run = mine;
  }

  return {
    status() {
      if (!unfinished()) return undefined;
      if (fault !== undefined) {
        const { code, message } = fault;
        return { state: 'stopped', ...progress, fault: { code, message } };
      }
      return { state: run === undefined || run.stopped ? 'paused' : 'running', ...progress };
    },
    goOn,
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
