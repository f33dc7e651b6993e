import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * What tells whether a text is this secret, which itself is not kept. Compares digests, so that neither content nor length
 * of the secret shows in the time taken.
 */
export function matcherOf(secret: string): (given: string) => boolean {
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}

/** What a request sends as its bearer (RFC 6750 section 2.1); empty when it sends none. */
export const bearerOf = ({ headers }: IncomingMessage): string =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
