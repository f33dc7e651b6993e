const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A number of seconds, not negative, in its two largest units: "1 hour 30 minutes". */
export function spokenSeconds(seconds: number): string {
  const spoken: string[] = [];
  let left = seconds;
  for (const [unit, size] of units) {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count > 0) spoken.push(`${count} ${unit}${count === 1 ? '' : 's'}`);
  }
  return spoken.slice(0, 2).join(' ') || '0 seconds';
}
