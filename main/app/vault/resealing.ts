import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Progress } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { GroupCommit } from '../../store/database/commit.ts';
import type { SealedRows } from '../../store/sealedRows.ts';

export interface ResealingParts {
  readonly sealedRows: () => readonly SealedRows[];
  readonly submit: GroupCommit['submit'];
  /** Checked before each step. */
  readonly stopped: () => boolean;
  /** Called after all values were counted. */
  readonly onCounted: (progress: Progress) => void;
  /** Called after each transaction with the number of values that were sealed again. */
  readonly onResealed: (values: number) => void;
  /** Registers a transaction that a pause has to wait for. */
  readonly track: <T>(work: Promise<T>) => Promise<T>;
}

/** Rows per transaction: about a millisecond. */
const rowsPerTransaction = 64;
/** Damaged rows that a message lists one by one. */
const maxNamed = 20;

/**
 * Seals all values again that are not sealed with the newest key. No position is stored: a later run searches for such values, and ends
 * when it finds none. So a crash only costs another search. Returns early when it was stopped. Throws `sealed_value_damaged` for values
 * that cannot be opened, after all others are done.
 */
export async function resealAll(parts: ResealingParts): Promise<void> {
  const columns = parts.sealedRows();
  let damaged: readonly string[] = [];
  for (;;) {
    const progress = await count(columns, parts);
    if (parts.stopped()) return;
    parts.onCounted(progress);
    if (progress.done === progress.total) return;
    if (damaged.length > 0) throw valuesDamaged(damaged);
    damaged = await resealOnce(columns, parts);
    if (parts.stopped()) return;
  }
}

/** Scans all rows of a column, one batch per turn of the event loop. */
async function* scan(rows: SealedRows, stopped: () => boolean) {
  for (let after: number | undefined = 0; after !== undefined; ) {
    await nextTurn();
    if (stopped()) return;
    const scanned: ReturnType<SealedRows['scan']> = rows.scan(after);
    yield scanned;
    after = scanned.next;
  }
}

async function count(columns: readonly SealedRows[], { stopped }: ResealingParts): Promise<Progress> {
  let total = 0;
  let old = 0;
  for (const rows of columns) {
    for await (const scanned of scan(rows, stopped)) {
      total += scanned.values;
      old += scanned.old.length;
    }
  }
  return { done: total - old, total };
}

/** Seals all old values again. Gives the places of those that cannot be opened. */
async function resealOnce(columns: readonly SealedRows[], parts: ResealingParts): Promise<readonly string[]> {
  const { submit, stopped, track, onResealed } = parts;
  const damaged: string[] = [];
  for (const rows of columns) {
    for await (const { old } of scan(rows, stopped)) {
      for (let at = 0; at < old.length && !stopped(); at += rowsPerTransaction) {
        const some = old.slice(at, at + rowsPerTransaction);
        const failed = await track(submit(() => rows.reseal(some), { repeatable: true }));
        damaged.push(...failed.map((id) => `${rows.column} of row ${id}`));
        onResealed(some.length - failed.length);
      }
    }
  }
  return damaged;
}

const valuesDamaged = (places: readonly string[]): KeyfobError => {
  const more = places.length > maxNamed ? ` and ${places.length - maxNamed} more` : '';
  const named = `${places.slice(0, maxNamed).join(', ')}${more}`;
  return new KeyfobError(
    'sealed_value_damaged',
    `These values cannot be opened and still use the previous data key: ${named}. Set those passwords again, regenerate those secrets, delete the applications of those tokens, or restore a copy of the data folder. Keyfob tries again every minute.`,
  );
};
