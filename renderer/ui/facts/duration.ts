/** The result of parsing: whole seconds, or the problem and its fix. Negative seconds mean "never". */
export type ParsedDuration = { readonly seconds: number } | { readonly problem: string };

/** "Never" in seconds. */
export const never = -1;

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const units: readonly (readonly [name: RegExp, seconds: number])[] = [
  [/^(?:s|secs?|seconds?)$/, 1],
  [/^(?:m|mins?|minutes?)$/, minute],
  [/^(?:h|hrs?|hours?)$/, hour],
  [/^(?:d|days?)$/, day],
  [/^(?:w|wks?|weeks?)$/, 7 * day],
  [/^(?:y|yrs?|years?)$/, 365 * day],
];

/** A thousand years. People who type more mean "never". */
const mostSeconds = 31_536_000_000;
const help = 'Enter a time like 15m, 1 h, 2 days or 1h 30m. A number alone means seconds.';

/**
 * Parses a duration: "15m", "1 h", "90" (seconds), "2 days", "1h 30m", "1.5 h". Accepts "never" and "-1" where allowed.
 */
export const parseDuration = (text: string, allowNever = true): ParsedDuration => {
  const words = text.trim().toLowerCase();
  if (words === '') return { problem: help };
  if (words === 'never' || /^-\d+$/.test(words)) {
    return allowNever ? { seconds: never } : { problem: 'Enter a time like 15m or 1 h.' };
  }
  // Part by part: one pattern for the whole, with optional spaces and units, takes exponential time on bad input.
  const parts = [...words.matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]*)\s*/gy)];
  if (parts.reduce((length, [part]) => length + part.length, 0) !== words.length) return { problem: help };
  let total = 0;
  for (const [, amount = '', name = ''] of parts) {
    // A number without a unit must be alone: "1h 30" could be minutes or seconds.
    const unit = name === '' && parts.length === 1 ? 1 : units.find(([pattern]) => pattern.test(name))?.[1];
    if (unit === undefined) return { problem: help };
    total += Number(amount.replace(',', '.')) * unit;
  }
  const seconds = Math.round(total);
  if (seconds === 0) return { problem: `Must be more than 0.${allowNever ? ' For no expiry, type "never".' : ''}` };
  if (seconds > mostSeconds) return { problem: 'Maximum is 1,000 years.' };
  return { seconds };
};

const steps: readonly (readonly [unit: string, units: string, seconds: number])[] = [
  ['day', 'days', day],
  ['h', 'h', hour],
  ['min', 'min', minute],
  ['s', 's', 1],
];

/**
 * A duration in words: "never", "1 day 2 h", "59 min 12 s". At most `parts` units, rounded down, from the largest that
 * fits. parseDuration reads back every complete text.
 */
export const formatDuration = (seconds: number, parts = 4): string => {
  if (seconds < 0) return 'never';
  const said: string[] = [];
  let rest = Math.floor(seconds);
  let largest = -1;
  for (const [index, [one, many, size]] of steps.entries()) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0 && largest === -1) largest = index;
    // Neighbouring units only: "1 day 5 s" would look exact but isn't.
    if (count > 0 && index < largest + parts) said.push(`${count} ${count === 1 ? one : many}`);
  }
  return said.length === 0 ? '0 s' : said.join(' ');
};
