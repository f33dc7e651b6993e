import { formatCount } from './count.ts';

/** How many requests or bytes pass in a window. */
export interface Quota {
  /** `null`: unlimited. */
  readonly limit: number | null;
  readonly counts: 'requests' | 'bytes';
  readonly windowLength: number;
  readonly windowUnit: string;
}

const withArticle = (unit: string): string => `${unit === 'hour' ? 'an' : 'a'} ${unit}`;

/** A window in words: "a minute", "15 minutes". */
export const formatWindow = (length: number, unit: string): string =>
  length === 1 ? withArticle(unit) : `${formatCount(length)} ${unit}s`;

/** A quota in words: "5,000 requests a minute", "100 bytes in 10 seconds", "unlimited". */
export function formatQuota({ limit, counts, windowLength, windowUnit }: Quota): string {
  if (limit === null) return 'unlimited';
  const amount = `${formatCount(limit)} ${limit === 1 ? counts.slice(0, -1) : counts}`;
  return `${amount} ${windowLength === 1 ? '' : 'in '}${formatWindow(windowLength, windowUnit)}`;
}
