import type { Settings } from '../../../preload/contract/settings/settings.ts';

export const reasonHeaderName = 'X-Keyfob-Reason';

const longest = 1000;
const loopback = /^(?:127\.|::1$|::ffff:127\.)/;

/** Escapes characters outside ASCII as JSON does, so that any client can read the header. */
const asciiLine = (text: string): string =>
  text
    .replace(/\s{2,}|[^\S ]/g, ' ')
    .replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .slice(0, longest);

/** Gives the header with the true reason of a refusal; empty if the setting withholds it from this client. */
export const reasonHeaders = (
  { reasonHeader }: Pick<Settings, 'reasonHeader'>,
  clientAddress: string | undefined,
  why: (() => string) | undefined,
): readonly string[] => {
  const isTold = reasonHeader === 'always' || (reasonHeader === 'loopback' && loopback.test(clientAddress ?? ''));
  return isTold && why !== undefined ? [reasonHeaderName, asciiLine(why())] : [];
};
