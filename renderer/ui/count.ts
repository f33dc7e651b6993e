const number = new Intl.NumberFormat('en-GB');

/** A number for people: "5,026". */
export const formatCount = (count: number): string => number.format(count);

/** How many of something: "1 token", "5,026 tokens". `plural` where it is not the noun with an s. */
export const countOf = (count: number, noun: string, plural = `${noun}s`): string =>
  `${formatCount(count)} ${count === 1 ? noun : plural}`;
