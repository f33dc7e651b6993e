import { randomBytes } from 'node:crypto';
import { matcherOf } from '../transport/bearer.ts';

/** Addresses printed and not opened yet. */
const mostTokens = 16;
/** Pages open at a time, each with the session of its own. */
const mostBearers = 64;

/** Secrets of which the newest are known, in memory only. */
interface Secrets {
  add(): string;
  has(given: string): boolean;
  /** The same, and forgets it. */
  take(given: string): boolean;
}

/** Of more than `most` secrets, the one that was not used for longest is forgotten. */
function createSecrets(most: number): Secrets {
  let known: readonly ((given: string) => boolean)[] = [];
  /** Compares with every one, so that the time tells nothing of which it was. */
  const part = (given: string) => {
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
      const { found, others } = part(given);
      known = [...others, ...found];
      return found.length > 0;
    },
    take(given) {
      const { found, others } = part(given);
      known = others;
      return found.length > 0;
    },
  };
}

/** Who may call from a browser. All of it ends with the process. */
export interface Sessions {
  /** A token for an address; it opens one session. */
  newToken(): string;
  /** Another token in place of one that was not used before. */
  renew(token: string): string | undefined;
  /** Opens a session: the bearer of a token that was not used before. */
  open(token: string): string | undefined;
  isOpen(bearer: string): boolean;
}

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
