import type { EndpointRequest } from '../../preload/contract/endpoint.ts';
import type { Reply } from './reply.ts';

const kept = 500;
const longest = 200;
/** A reason that names scopes may be long. */
const longestWhy = 600;
/** Other sites that keep a row; the oldest row is evicted first. */
const mostForeign = 50;

/** Copies the text: a slice would keep the whole one in memory. */
const short = <T extends string | undefined>(text: T, most = longest) =>
  text === undefined || text.length <= most ? text : `${Buffer.from(text.slice(0, most))}…`;

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** The part of a log row that the request gives. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** By the monotonic clock. */
  readonly startedAtMs?: number | undefined;
  readonly clientId?: string | undefined;
  readonly grantType?: string | undefined;
  /** Names of secret parameters in the URL. */
  readonly secretsInUrl?: readonly string[] | undefined;
  /** The site of the page that sent it, if it is another one. */
  readonly foreignSite?: string | undefined;
}

/** Keeps the newest requests in memory, without secrets: no query, no body, no tokens. */
export interface RequestLog {
  add(request: LoggedRequest, reply: Reply): void;
  /** Newest first. */
  newest(limit: number): readonly EndpointRequest[];
}

/** A row as it is kept. Most are never read, so formatting is deferred. */
interface Entry extends LoggedRequest {
  readonly sequence: number;
  readonly atMs: number;
  readonly durationMs: number | undefined;
  readonly count?: number;
  readonly reply: Pick<Reply, 'status' | 'tokenId' | 'error' | 'errorDescription' | 'why'>;
}

/** Gives the reason, and a warning of secrets in the URL. */
const whyOf = ({ reply, secretsInUrl }: Entry): string | undefined => {
  const why = short(reply.why?.(), longestWhy);
  if (secretsInUrl === undefined) return why;
  const warning = `The URL holds secrets (${secretsInUrl.join(', ')}), and logs and histories keep URLs; send them in the body.`;
  return why === undefined ? warning : `${why} ${warning}`;
};

const format = (entry: Entry): EndpointRequest => {
  const { sequence, atMs, durationMs, method, path, clientId, grantType, secretsInUrl, foreignSite, count, reply } =
    entry;
  return {
    sequence,
    atMs,
    method,
    path,
    status: reply.status,
    durationMs,
    clientId,
    grantType,
    tokenId: reply.tokenId,
    error: reply.error,
    errorDescription: short(reply.errorDescription),
    why: whyOf(entry),
    secretsInUrl: secretsInUrl && [...secretsInUrl],
    foreignSite,
    count,
  };
};

/** An origin or a host, written as browsers do. */
const site = /^(?:null|(?:[a-z][a-z0-9+.-]*:\/\/)?[a-z0-9.:[\]-]{1,100})$/;

/** These headers may hold anything, secrets included. So a text that no browser writes is not kept. */
const siteOf = (text: string): string => (site.test(text) ? text : 'another site');

const newestFirst = (one: Entry, other: Entry): number => other.sequence - one.sequence;

/**
 * Keeps a ring of 500 rows, and one row for each foreign site: else one page could evict all other rows. Calls `onRequest`
 * with a function that formats the row; for a foreign site only when its number of requests has doubled.
 */
export const createRequestLog = (
  realTimeMs: () => number,
  onRequest: (request: () => EndpointRequest) => void,
): RequestLog => {
  const ring: Entry[] = [];
  const foreign = new Map<string, Entry>();
  let sequence = 0;
  let own = 0;
  return {
    add(
      { method, path, startedAtMs, clientId, grantType, secretsInUrl, ...request },
      { status, tokenId, error, errorDescription, why },
    ) {
      sequence += 1;
      const foreignSite = request.foreignSite === undefined ? undefined : siteOf(request.foreignSite);
      const count = foreignSite === undefined ? undefined : (foreign.get(foreignSite)?.count ?? 0) + 1;
      const entry: Entry = {
        sequence,
        atMs: realTimeMs(),
        durationMs: startedAtMs === undefined ? undefined : tenths(performance.now() - startedAtMs),
        method,
        path: short(path),
        clientId: short(clientId),
        grantType: short(grantType),
        secretsInUrl,
        ...(foreignSite !== undefined && count !== undefined && { foreignSite, count }),
        reply: { status, tokenId, error, errorDescription, why },
      };
      if (foreignSite === undefined || count === undefined) {
        ring[own % kept] = entry;
        own += 1;
      } else {
        foreign.delete(foreignSite);
        foreign.set(foreignSite, entry);
        const [oldest] = foreign.keys();
        if (oldest !== undefined && foreign.size > mostForeign) foreign.delete(oldest);
        if ((count & (count - 1)) !== 0) return;
      }
      onRequest(() => format(entry));
    },
    newest: (limit) => [...ring, ...foreign.values()].sort(newestFirst).slice(0, limit).map(format),
  };
};
