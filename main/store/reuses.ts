import type { Context } from './context.ts';

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

const flushAfterMs = 1000;

export function createReuses({ db, commit }: Context): Reuses {
  let counted = new Map<number, Count>();
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

  const add = (tokenId: number, count: number, lastAtMs: number): void => {
    const known = counted.get(tokenId);
    if (known === undefined) {
      counted.set(tokenId, { count, lastAtMs });
    } else {
      known.count += count;
      known.lastAtMs = Math.max(known.lastAtMs, lastAtMs);
    }
  };

  const flush = async (): Promise<void> => {
    if (counted.size === 0) return;
    let writing = new Map<number, Count>();
    try {
      await commit.submit(() => {
        writing = counted;
        counted = new Map();
        for (const [tokenId, { count, lastAtMs }] of writing) upsert.run(count, lastAtMs, tokenId);
      });
    } catch {
      for (const [tokenId, { count, lastAtMs }] of writing) add(tokenId, count, lastAtMs);
    }
  };

  return {
    count(tokenId, realTimeMs) {
      add(tokenId, 1, realTimeMs);
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
