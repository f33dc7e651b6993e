/** A bounded map of rows on disk. */
export interface Cache<K, V> {
  get(key: K): V | undefined;
  /** Does nothing inside a transaction, as that may be rolled back. */
  set(key: K, value: V): void;
  delete(key: K): void;
}

export interface Caches {
  /** Holds at least the `limit` most recently used entries, and at most twice as many. */
  create<K, V extends object | string | number>(limit: number): Cache<K, V>;
  /** Empties all caches. */
  drop(): void;
}

/**
 * Creates caches that are filled only while `mayFill` returns true. Each cache is two generations of a Map. A hit in the young one
 * needs no bookkeeping. When the young one is full, it becomes the old one, and entries move back on their next use.
 */
export function createCaches(mayFill: () => boolean): Caches {
  const drops: (() => void)[] = [];
  return {
    create<K, V extends object | string | number>(limit: number): Cache<K, V> {
      let young = new Map<K, V>();
      let old = new Map<K, V>();
      const add = (key: K, value: V): void => {
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
          if (older !== undefined) add(key, older);
          return older;
        },
        set(key, value) {
          if (mayFill()) add(key, value);
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
