import { formatDuration } from './duration.ts';

// The window's language is English, so dates are too. The time zone is the system's.
const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

/** The limit of Date. The year alone would be absurd. */
const lastDateMs = 8_640_000_000_000_000;

/** An instant for people, like "23 Nov 2026, 15:45", with seconds on request. */
export const formatInstant = (atMs: number, withSeconds = false): string =>
  Math.abs(atMs) > lastDateMs ? 'in the far future' : (withSeconds ? exact : full).format(atMs);

/** Above this, lists count in minutes: nobody waits for a second that far off, and ticking rows distract. */
const calmSeconds = 120;

/**
 * The time until an expiry: "59 min", "1 min 12 s", "expired 3 min ago", "never" (for `null`). Both instants are
 * milliseconds of the same clock.
 */
export const formatRemaining = (endMs: number | null, nowMs: number): string => {
  if (endMs === null) return 'never';
  const seconds = Math.ceil((endMs - nowMs) / 1000);
  if (seconds > calmSeconds) return formatDuration(seconds - (seconds % 60), 2);
  if (seconds > 0) return formatDuration(seconds, 2);
  const ago = Math.floor((nowMs - endMs) / 1000);
  return ago < 1 ? 'expired just now' : `expired ${formatDuration(ago, 1)} ago`;
};

/** The time since an instant: "just now", "3 min ago". */
export const formatAgo = (atMs: number, nowMs: number): string => {
  const seconds = Math.floor((nowMs - atMs) / 1000);
  return seconds < 5 ? 'just now' : `${formatDuration(seconds, 1)} ago`;
};
