import type { Context } from '../context.ts';

/** Counts how often each token was handed out again. Counts are kept in memory first, as a reuse must not write before its reply. */
export interface Reuses {
  count(tokenId: number, realTimeMs: number): void;
  of(tokenId: number): { readonly count: number; readonly lastAtMs: number | undefined };
  /** Writes the counts to the database. Never rejects: a count that could not be written is kept for the next flush. */
  flush(): Promise<void>;
  /** The last reuse that is only in memory. */
  unwrittenAtMs(tokenId: number): number | undefined;
}

interface Count {
  count: number;
  lastAtMs: number;
}

/** A crash loses the counts since the last flush. */
const flushAfterMs = 5000;
/** Counts per transaction, so that other writes wait for one of them only. */
const countsPerTransaction = 250;

export function createReuses({ db, commit }: Context): Reuses {
  const counted = new Map<number, Count>();
  let timer: NodeJS.Timeout | undefined;

  const selectOne = db.prepare<[number], Count>(
    'SELECT count, last_at_ms AS lastAtMs FROM token_reuses WHERE token_id = ?',
  );
  // Inserts nothing for a token that was purged since.
  const upsert = db.prepare<[number, number, number]>(
    `INSERT INTO token_reuses (token_id, count, last_at_ms) SELECT id, ?, ? FROM tokens WHERE id = ?
    ON CONFLICT (token_id) DO UPDATE
      SET count = count + excluded.count, last_at_ms = max(last_at_ms, excluded.last_at_ms)`,
  );

  const write = (tokenId: number): void => {
    const known = counted.get(tokenId);
    if (known === undefined) return;
    const { count } = known;
    upsert.run(count, known.lastAtMs, tokenId);
    commit.afterCommit(() => {
      known.count -= count;
      if (known.count === 0) counted.delete(tokenId);
    });
  };

  const flushNow = async (): Promise<void> => {
    // Sorted, as neighbouring rows share a page.
    const tokenIds = [...counted.keys()].sort((a, b) => a - b);
    try {
      for (let at = 0; at < tokenIds.length; at += countsPerTransaction) {
        await commit.submit(() => tokenIds.slice(at, at + countsPerTransaction).forEach(write));
      }
    } catch {
      // Counts that were not written stay in memory.
    }
  };

  let flushing: Promise<void> | undefined;
  /** Flushes run one at a time. Two at once would write the same count twice. */
  const flush = (): Promise<void> => {
    const flushed = (flushing === undefined ? flushNow() : flushing.then(flushNow)).then(() => {
      if (flushing === flushed) flushing = undefined;
    });
    flushing = flushed;
    return flushed;
  };

  return {
    count(tokenId, realTimeMs) {
      const known = counted.get(tokenId);
      if (known === undefined) {
        counted.set(tokenId, { count: 1, lastAtMs: realTimeMs });
      } else {
        known.count += 1;
        known.lastAtMs = Math.max(known.lastAtMs, realTimeMs);
      }
      if (timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        void flush();
      }, flushAfterMs).unref();
    },
    of(tokenId) {
      const stored = selectOne.get(tokenId);
      const since = counted.get(tokenId);
      if (stored === undefined || since === undefined) {
        return { count: 0, lastAtMs: undefined, ...stored, ...since };
      }
      return { count: stored.count + since.count, lastAtMs: Math.max(stored.lastAtMs, since.lastAtMs) };
    },
    flush,
    unwrittenAtMs: (tokenId) => counted.get(tokenId)?.lastAtMs,
  };
}
