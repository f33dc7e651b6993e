import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** Recognizes requests that this process forwarded, however they came back. */
export interface Hops {
  isLoop(request: IncomingMessage): boolean;
  /** The value of `X-Keyfob-Hop` for the forwarded request: those before, and this process. */
  behind(request: IncomingMessage): string;
}

const hopsOf = ({ headers }: IncomingMessage): string | undefined => {
  const value = headers['x-keyfob-hop'];
  return Array.isArray(value) ? value.join(', ') : value;
};

/** Creates it with a random name for this process. */
export const createHops = (): Hops => {
  const own = randomBytes(12).toString('base64url');
  return {
    isLoop: (request) => hopsOf(request)?.includes(own) === true,
    behind(request) {
      const before = hopsOf(request);
      return before === undefined ? own : `${before}, ${own}`;
    },
  };
};
