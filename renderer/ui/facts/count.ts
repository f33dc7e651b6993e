const number = new Intl.NumberFormat('en-GB');

/** A number for people: "5,026". */
export const formatCount = (count: number): string => number.format(count);

/** A count with its noun: "1 token", "5,026 tokens". `plural` where adding an s is wrong. */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;
