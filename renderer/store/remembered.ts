/**
 * What this browser remembers under `key`, where it is one of `allowed`; else `fallback`. Only choices of how things are
 * shown are kept so, never what is shown.
 */
export function remembered<const T extends string>(key: string, allowed: readonly T[], fallback: T): T {
  const found = localStorage.getItem(`keyfob.${key}`);
  return allowed.find((value) => value === found) ?? fallback;
}

/** Keeps a choice for the next time. */
export function remember(key: string, value: string): void {
  localStorage.setItem(`keyfob.${key}`, value);
}

/** What this browser remembers under `key` as JSON; `undefined` when there is nothing, or nothing that can be read. */
export function rememberedJson(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(`keyfob.${key}`) ?? '');
  } catch {
    return undefined;
  }
}

/** Keeps choices as JSON for the next time. */
export function rememberJson(key: string, value: unknown): void {
  remember(key, JSON.stringify(value));
}
