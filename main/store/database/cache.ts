/** A bounded map of what is on disk. */
export interface Cache<K, V> {
  get(key: K): V | undefined;
  /** Does nothing inside a transaction: what is read there may never come to be. */
  set(key: K, value: V): void;
  delete(key: K): void;
}

export interface Caches {
  /** Holds at least the newest `limit` entries that were asked for, and at most twice as many. */
  create<K, V extends object | string | number>(limit: number): Cache<K, V>;
  drop(): void;
}

/**
 * Caches that are filled only while `mayFill` says so. Each is two generations of a Map: a hit in the young one costs a
 * lookup and no bookkeeping; when it is full it becomes the old one, and what is still asked for moves back.
 */
export function createCaches(mayFill: () => boolean): Caches {
  const drops: (() => void)[] = [];
  return {
    create<K, V extends object | string | number>(limit: number): Cache<K, V> {
      let young = new Map<K, V>();
      let old = new Map<K, V>();
      const keep = (key: K, value: V): void => {
        if (young.size >= limit) {
          old = young;
          young = new Map();
        }
        young.set(key, value);
      };
      drops.push(() => {
        young = new Map();
        old = new Map();
      });
      return {
        get(key) {
          const value = young.get(key);
          if (value !== undefined) return value;
          const older = old.get(key);
          if (older !== undefined) keep(key, older);
          return older;
        },
        set(key, value) {
          if (mayFill()) keep(key, value);
        },
        delete(key) {
          young.delete(key);
          old.delete(key);
        },
      };
    },
    drop() {
      for (const drop of drops) drop();
    },
  };
}
