import { randomBytes } from 'node:crypto';
import type { AuthorizationRequest, Visitor } from '../../engine/oauth/authorize/authorize.ts';
import type { Exchange } from '../../listener/exchange.ts';
import { isSecure } from '../../listener/log/seen.ts';

/** A request that waits for its user. */
export interface Waiting {
  readonly request: AuthorizationRequest;
  readonly step: 'login' | 'consent';
  /** Whether the user signed in for this request. */
  readonly fresh: boolean;
}

/** The session of one browser. It may wait for a sign-in. */
export interface Session {
  readonly id: string;
  /** A hidden field of forms that no request waits for. */
  readonly formKey: string;
  readonly signedIn: Visitor['signedIn'];
  readonly waiting: Map<string, Waiting>;
  usedAtMs: number;
}

/** API Manager's session idles out after 15 minutes. */
const idleMs = 15 * 60_000;
/** Bounds for clients that start requests without end. */
const mostSessions = 500;
const mostWaiting = 10;

/** 128 random bits. */
const newKey = (): string => randomBytes(16).toString('base64url');

/** Browsers accept a `__Host-` cookie over HTTPS only, and for one host only. */
const cookieName = ({ request }: Exchange): string => (isSecure(request.socket) ? '__Host-keyfob' : 'keyfob');

const cookieOf = (exchange: Exchange): string | undefined => {
  const name = `${cookieName(exchange)}=`;
  const cookies = exchange.request.headers.cookie?.split(';').map((part) => part.trim()) ?? [];
  return cookies.find((part) => part.startsWith(name))?.slice(name.length);
};

/** The sessions of browsers, in memory only. */
export interface Sessions {
  /** Whether a request names a session, perhaps one that ended. */
  hasCookie(exchange: Exchange): boolean;
  /** The session of a request. Undefined without one, and after 15 idle minutes. */
  find(exchange: Exchange): Session | undefined;
  /** Starts a session, with the waiting requests of the one before: a sign-in gets a new id. */
  open(signedIn: Session['signedIn'], before: Session | undefined): Session;
  /** Keeps a request, and gives the key that names it. Only the browser of the session knows the key. */
  wait(session: Session, waiting: Waiting): string;
  /** The header that gives the session's id to its browser. */
  cookie(exchange: Exchange, session: Session): readonly string[];
  /** Ends a session. Gives the header that removes the cookie. */
  end(exchange: Exchange, session: Session): readonly string[];
  clear(): void;
}

/** Creates the sessions. `realTimeMs` ends idle ones. */
export const createSessions = (realTimeMs: () => number): Sessions => {
  /** The least recently used one first. */
  const sessions = new Map<string, Session>();
  const setCookie = (exchange: Exchange, value: string): readonly string[] => {
    const secure = isSecure(exchange.request.socket) ? '; Secure' : '';
    return ['Set-Cookie', `${cookieName(exchange)}=${value}; Path=/; HttpOnly; SameSite=Lax${secure}`];
  };
  return {
    hasCookie: (exchange) => Boolean(cookieOf(exchange)),
    find(exchange) {
      const id = cookieOf(exchange);
      const session = id === undefined ? undefined : sessions.get(id);
      if (session === undefined) return undefined;
      sessions.delete(session.id);
      const now = realTimeMs();
      if (now - session.usedAtMs > idleMs) return undefined;
      session.usedAtMs = now;
      sessions.set(session.id, session);
      return session;
    },
    open(signedIn, before) {
      if (before !== undefined) sessions.delete(before.id);
      const [oldest] = sessions.keys();
      if (oldest !== undefined && sessions.size >= mostSessions) sessions.delete(oldest);
      const waiting = before?.waiting ?? new Map();
      const session = { id: newKey(), formKey: newKey(), signedIn, waiting, usedAtMs: realTimeMs() };
      sessions.set(session.id, session);
      return session;
    },
    wait({ waiting }, one) {
      const [oldest] = waiting.keys();
      if (oldest !== undefined && waiting.size >= mostWaiting) waiting.delete(oldest);
      const key = newKey();
      waiting.set(key, one);
      return key;
    },
    cookie: (exchange, { id }) => setCookie(exchange, id),
    end(exchange, { id }) {
      sessions.delete(id);
      return setCookie(exchange, '; Max-Age=0');
    },
    clear: () => sessions.clear(),
  };
};
