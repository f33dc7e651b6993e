const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });

/** A time of day with seconds: "15:45:03". */
export const formatClock = (atMs: number): string => clock.format(atMs);
