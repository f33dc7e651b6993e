import { randomBytes } from 'node:crypto';
import { matcherOf } from '../transport/bearer.ts';

/** Printed addresses that were not opened yet. */
const mostTokens = 16;
/** Pages that are open at a time, each with its own session. */
const mostBearers = 64;

/** Keeps the newest secrets, in memory only. */
interface Secrets {
  add(): string;
  has(given: string): boolean;
  /** The same, and removes it. */
  take(given: string): boolean;
}

/** Keeps at most `most` secrets: evicts the least recently used. */
function createSecrets(most: number): Secrets {
  let known: readonly ((given: string) => boolean)[] = [];
  /** Compares with every secret, so that the time does not show which one matched. */
  const partition = (given: string) => {
    const found = known.filter((matches) => matches(given));
    return { found, others: known.filter((matches) => !found.includes(matches)) };
  };
  return {
    add() {
      const secret = randomBytes(32).toString('base64url');
      known = [...known, matcherOf(secret)].slice(-most);
      return secret;
    },
    has(given) {
      const { found, others } = partition(given);
      known = [...others, ...found];
      return found.length > 0;
    },
    take(given) {
      const { found, others } = partition(given);
      known = others;
      return found.length > 0;
    },
  };
}

/** Sessions of browsers. They end with the process. */
export interface Sessions {
  /** Gives a token for an address, which opens one session. */
  newToken(): string;
  /** Exchanges an unused token for another; gives `undefined` for any other text. */
  renew(token: string): string | undefined;
  /** Exchanges an unused token for the bearer of a new session; gives `undefined` for any other text. */
  open(token: string): string | undefined;
  isOpen(bearer: string): boolean;
}

/** Creates sessions without any token or bearer. */
export function createSessions(): Sessions {
  const tokens = createSecrets(mostTokens);
  const bearers = createSecrets(mostBearers);
  return {
    newToken: tokens.add,
    renew: (token) => (tokens.take(token) ? tokens.add() : undefined),
    open: (token) => (tokens.take(token) ? bearers.add() : undefined),
    isOpen: bearers.has,
  };
}
