import type { OutputOf } from '../../../../preload/contract/define.ts';
import type { MethodOf } from '../../../../preload/contract/index.ts';

type Items = OutputOf<MethodOf<'tokens.expiries'>>['items'];
type Expires = Items[number]['expires'];

/** An expiry as the time machine shows it. */
export interface Expiry {
  readonly expires: Expires;
  /** The first clock offset at which the endpoint treats it as expired. */
  readonly offsetSeconds: number;
  readonly count: number;
  /** The newest token: "ipad of Shop". */
  readonly name: string;
}

/** Expiries as clock offsets, soonest first. The endpoint accepts a token for `skewSeconds` more. */
export const expiriesAt = (items: Items, skewSeconds: number, realMs: number): readonly Expiry[] =>
  items.map(({ expiresAtMs, expires, count, application, device, user }) => ({
    expires,
    offsetSeconds: Math.ceil((expiresAtMs - realMs) / 1000) + skewSeconds + 1,
    count,
    name: `${device ?? user} of ${application}`,
  }));

/** The number of tokens that expire when the clock moves from one offset to another. */
export const countBetween = (expiries: readonly Expiry[], expires: Expires, from: number, to: number): number =>
  expiries
    .filter((one) => one.expires === expires && one.offsetSeconds > from && one.offsetSeconds <= to)
    .reduce((sum, { count }) => sum + count, 0);

const hour = 3600;
const day = 24 * hour;

/** The spans of the time line, in seconds. */
export const spans = [
  { value: `${hour}`, label: '1 h' },
  { value: `${day}`, label: '1 day' },
  { value: `${7 * day}`, label: '1 week' },
  { value: `${365 * day}`, label: '1 year' },
];

/** The shortest span that shows an offset; the longest if none does. */
export const spanFor = (offsetSeconds: number): string =>
  (spans.find(({ value }) => Number(value) >= offsetSeconds) ?? spans.at(-1))?.value ?? '';
