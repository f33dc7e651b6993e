import type { Context } from '../context.ts';

/** How often each token was handed out again. Counted in memory, since a reuse writes nothing while it is answered. */
export interface Reuses {
  count(tokenId: number, realTimeMs: number): void;
  of(tokenId: number): { readonly count: number; readonly lastAtMs: number | undefined };
  /** Writes down what is counted. Never rejects: what could not be written stays counted. */
  flush(): Promise<void>;
}

interface Count {
  count: number;
  lastAtMs: number;
}

/** A crash loses what was counted since; a token asked for all the time is written down this often. */
const flushAfterMs = 5000;
/** So many a transaction: whoever writes meanwhile waits for one of them only. */
const flushedTogether = 250;

export function createReuses({ db, commit }: Context): Reuses {
  const counted = new Map<number, Count>();
  let timer: NodeJS.Timeout | undefined;

  const selectOne = db.prepare<[number], Count>(
    'SELECT count, last_at_ms AS lastAtMs FROM token_reuses WHERE token_id = ?',
  );
  // A token that was purged meanwhile leaves no row.
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
    // Neighbours lie in one page.
    const tokenIds = [...counted.keys()].sort((a, b) => a - b);
    try {
      for (let at = 0; at < tokenIds.length; at += flushedTogether) {
        await commit.submit(() => tokenIds.slice(at, at + flushedTogether).forEach(write));
      }
    } catch {
      // What is not written down stays counted.
    }
  };

  let flushing: Promise<void> | undefined;
  /** One after the other: two would write the same count twice. */
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
  };
}
