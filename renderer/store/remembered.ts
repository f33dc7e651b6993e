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
