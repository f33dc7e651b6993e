import { deviceName, scopeName } from '../../../preload/contract/values.ts';
import type { ChipVerdict } from '../../ui/chips/chips.ts';
import { countOf, formatCount } from '../../ui/facts/count.ts';

/** The contract's limit for one minting. */
export const mostNames = 10_000;

/** The prefix that turns a device name into a scope. */
export const prefix = 'device_';

/** Checks a device name and gives its scope. */
export const checkName = (text: string): ChipVerdict => {
  const parsed = deviceName.safeParse(text);
  return parsed.success
    ? { ok: true, becomes: `${prefix}${text}` }
    : { ok: false, problem: parsed.error.issues[0]?.message ?? 'Not a valid device name.' };
};

/** Checks an extra scope. Device scopes are refused. */
export const checkScope = (text: string): ChipVerdict => {
  if (text.startsWith(prefix)) {
    return { ok: false, problem: 'A device token has one device scope only. Enter devices under Devices.' };
  }
  const parsed = scopeName.safeParse(text);
  return parsed.success
    ? { ok: true }
    : { ok: false, problem: parsed.error.issues[0]?.message ?? 'Not a valid scope.' };
};

/** Describes invalid chips: one sentence per kind of error, with at most three names each. */
export const problemsOf = (chips: readonly string[], check: (text: string) => ChipVerdict): string | undefined => {
  const byProblem = new Map<string, string[]>();
  for (const chip of chips) {
    const verdict = check(chip);
    if (!verdict.ok) byProblem.set(verdict.problem, [...(byProblem.get(verdict.problem) ?? []), chip]);
  }
  if (byProblem.size === 0) return undefined;
  const sentences = [...byProblem].map(([problem, [...bad]]) => {
    const named = bad.slice(0, 3).map((chip) => `“${chip.length > 24 ? `${chip.slice(0, 24)}…` : chip}”`);
    const more = bad.length > named.length ? ` and ${formatCount(bad.length - named.length)} more` : '';
    return `${named.join(', ')}${more}: ${problem}`;
  });
  return sentences.join(' ');
};

/** Gives "device-001" to "device-100". All numbers have the same width, at least three digits. */
export const numberedNames = (before: string, count: number, start = 1): readonly string[] => {
  const digits = Math.max(3, String(start + count - 1).length);
  return Array.from({ length: count }, (_, index) => `${before}${String(start + index).padStart(digits, '0')}`);
};

/** Gives the number after the highest with this prefix, or 1. */
export const nextNumber = (before: string, names: readonly string[]): number => {
  const numbers = names.flatMap((name) => {
    const rest = name.startsWith(before) ? name.slice(before.length) : '';
    return /^\d{1,9}$/.test(rest) ? [Number(rest)] : [];
  });
  return numbers.reduce((highest, number) => Math.max(highest, number), 0) + 1;
};

/** "ipad, iphone and pixel", or "100 devices" above `most`. */
export const listed = (names: readonly string[], most = 3): string => {
  if (names.length > most) return countOf(names.length, 'device');
  return names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
};
