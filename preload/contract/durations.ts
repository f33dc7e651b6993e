const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** Writes whole seconds exactly, without a sign: `1 h 1 s`. */
export function exactDuration(seconds: number): string {
  let left = Math.floor(Math.abs(seconds));
  const parts = units.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { unit, count };
  });
  const told = parts.filter(({ count }) => count > 0).map(({ unit, count }) => `${count} ${unit}`);
  return told.length > 0 ? told.join(' ') : '0 s';
}

/** Writes seconds in their two largest units, without a sign: `59 min 12 s`, `2 d`. */
export function duration(seconds: number): string {
  const length = Math.floor(Math.abs(seconds));
  const largest = units.findIndex(([, size]) => length >= size);
  const finest = units[largest + 1]?.[1] ?? 1;
  return exactDuration(length - (length % finest));
}
