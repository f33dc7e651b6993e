import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/**
 * Gives a function that compares a text with this secret, which is not kept. It compares digests, so the time taken
 * shows neither content nor length of the secret.
 */
export function matcherOf(secret: string): (given: string) => boolean {
  const expected = digest(secret);
  return (given) => timingSafeEqual(digest(given), expected);
}

/**
 * Gives the bearer that a request sends, or an empty text.
 * https://www.rfc-editor.org/rfc/rfc6750#section-2.1
 */
export const bearerOf = ({ headers }: IncomingMessage): string =>
  /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
