import type { GatewayFault } from '../../engine/gateway/gateway.ts';
import type { Fault, Profile } from './fault.ts';

/** Gives Java's `yyyy-MMM-dd HH:mm:ssZ` in UTC, with the ` UTC` that WSO2 adds, for milliseconds since 1970. */
const accessTime = (atMs: number): string => {
  // `Intl` would load its data at the start of each command: 15 ms.
  const [, day, month, year, time] = new Date(atMs).toUTCString().split(' ');
  return `${year}-${month}-${day} ${time}+0000 UTC`;
};

/** The end of the window, where WSO2 tells it (gateway reference 4.5). Milliseconds since 1970. */
export const toldAccessAtMs = ({ code, nextAccessAtMs }: GatewayFault, profile: Profile): number | undefined =>
  code === 900801 || code === 900805 || (code === 900807 && profile !== '4.x') ? undefined : nextAccessAtMs;

/** Gives a fault of throttling (gateway reference 4.4, 4.5). */
export const throttlingFault = (fault: GatewayFault, profile: Profile): Fault => {
  const { code } = fault;
  const [status, message, text] =
    code === 900801
      ? [503, 'API Limit Reached', 'API not accepting requests']
      : code === 900805
        ? [403, 'Message blocked', 'You have been blocked from accessing the resource']
        : [429, 'Message throttled out', 'You have exceeded your quota'];
  const atMs = toldAccessAtMs(fault, profile);
  const nextAccessTime = atMs === undefined ? undefined : accessTime(atMs);
  const known = profile === '4.x' && nextAccessTime !== undefined;
  const description = known ? `${text} .You can access API after ${nextAccessTime}` : text;
  return {
    source: 'throttling',
    status,
    code,
    message,
    description,
    nextAccessTime,
    soap: { code: 'Server', reason: message, detail: description },
  };
};
