import type { TimeUnit } from '../../../../preload/contract/tiers.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Months and years have fixed lengths, as in API Manager (gateway reference 4.2). */
const unitMs: Readonly<Record<TimeUnit, number>> = {
  second: 1000,
  minute,
  hour: 60 * minute,
  day,
  month: 30 * day,
  year: 365 * day,
};

/** The length of a tier's window in milliseconds. */
export const windowMs = ({
  windowLength,
  windowUnit,
}: {
  readonly windowLength: number;
  readonly windowUnit: TimeUnit;
}): number => windowLength * unitMs[windowUnit];

/** The start of the window at this time: windows are aligned to the epoch. */
export const windowStart = (atMs: number, lengthMs: number): number => Math.floor(atMs / lengthMs) * lengthMs;
