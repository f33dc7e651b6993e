/** The two times a value may be told against. */
export interface Now {
  readonly realMs: number;
  /** Real time moved by the clock offset; rules lifetimes. */
  readonly tokenMs: number;
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/** A length of time, exactly: `1 h 1 s`. */
function exactly(seconds: number): string {
  let left = Math.floor(Math.abs(seconds));
  const parts = units.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { unit, count };
  });
  const told = parts.filter(({ count }) => count > 0).map(({ unit, count }) => `${count} ${unit}`);
  return told.length > 0 ? told.join(' ') : '0 s';
}

/** A length of time to its two largest units: `59 min 12 s`, `2 d`. */
export function duration(seconds: number): string {
  const length = Math.floor(Math.abs(seconds));
  const largest = units.findIndex(([, size]) => length >= size);
  const finest = units[largest + 1]?.[1] ?? 1;
  return exactly(length - (length % finest));
}

const two = (number: number) => String(number).padStart(2, '0');

/** `14:03:59`, in the time zone of this machine. */
export function timeOfDay(date: Date): string {
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** A point in time in the time zone of this machine, and how far away it is: `2026-03-01 14:03:59 (in 5 min)`. */
export function pointInTime(atMs: number, nowMs: number): string {
  const date = new Date(atMs);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const seconds = Math.round((atMs - nowMs) / 1000);
  const away = seconds === 0 ? 'now' : seconds > 0 ? `in ${duration(seconds)}` : `${duration(seconds)} ago`;
  return `${day} ${timeOfDay(date)} (${away})`;
}

/** Text that cannot steer a terminal: controls and invisible direction marks are shown as escapes. */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu,
    (mark) => `\\u{${mark.codePointAt(0)?.toString(16)}}`,
  );

const tokenTimes = new Set(['issuedAtMs', 'expiresAtMs', 'atMs']);

/** The name of a field for people: its unit is said by the value. */
export const label = (name: string): string => name.replace(/(?:Ms|Seconds)$/, '');

function seconds(name: string, value: unknown): string {
  const length = Number(value);
  if (name === 'clockOffsetSeconds') return length === 0 ? 'none' : `${length < 0 ? '-' : '+'}${exactly(length)}`;
  return value === null || length < 0 ? 'never' : exactly(length);
}

/** One scalar, or list of scalars, of an output, for people. */
export function say(name: string, value: unknown, now: Now): string {
  if (value === undefined || value === '') return '-';
  if (name.endsWith('Seconds')) return seconds(name, value);
  if (name.endsWith('Ms')) {
    return value === null ? 'never' : pointInTime(Number(value), tokenTimes.has(name) ? now.tokenMs : now.realMs);
  }
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.map((entry) => say('', entry, now)).join(', ');
  return visible(String(value));
}
