import type { EndpointRequest } from '../../preload/contract/endpoint.ts';
import type { Reply } from './reply.ts';

const kept = 500;
const longest = 200;
/** A sentence that names the scopes may be long. */
const longestWhy = 600;
/** Other sites with a row of their own; the oldest row goes first. */
const mostForeign = 50;

/** A copy, as a mere slice would keep the whole text in memory. */
const short = <T extends string | undefined>(text: T, most = longest) =>
  text === undefined || text.length <= most ? text : `${Buffer.from(text.slice(0, most))}…`;

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** What a request asked for. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  /** Of the clock that only goes on. */
  readonly startedAtMs?: number | undefined;
  readonly clientId?: string | undefined;
  readonly grantType?: string | undefined;
  /** Names of secret parameters that stood in the URL. */
  readonly secretsInUrl?: readonly string[] | undefined;
  /** The site whose page sent it, where that is another one. */
  readonly foreignSite?: string | undefined;
}

/** The newest requests, without secrets: neither query, nor body, nor tokens. */
export interface RequestLog {
  add(asked: Asked, reply: Reply): void;
  /** Newest first. */
  newest(limit: number): readonly EndpointRequest[];
}

/** As it is kept: few are ever read. */
interface Entry extends Asked {
  readonly sequence: number;
  readonly atMs: number;
  readonly durationMs: number | undefined;
  readonly count?: number;
  readonly reply: Pick<Reply, 'status' | 'tokenId' | 'error' | 'errorDescription' | 'why'>;
}

/** The reason, and what the URL gave away. */
const whyOf = ({ reply, secretsInUrl }: Entry): string | undefined => {
  const why = short(reply.why?.(), longestWhy);
  if (secretsInUrl === undefined) return why;
  const warning = `Secrets stood in the URL (${secretsInUrl.join(', ')}), where logs and histories keep them; send them in the body.`;
  return why === undefined ? warning : `${why} ${warning}`;
};

const inWords = (entry: Entry): EndpointRequest => {
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

/** An origin or a host as browsers write it. */
const site = /^(?:null|(?:[a-z][a-z0-9+.-]*:\/\/)?[a-z0-9.:[\]-]{1,100})$/;

/** These headers may hold anything, secrets included: only what is in the form of browsers is kept. */
const siteOf = (text: string): string => (site.test(text) ? text : 'another site');

const newestFirst = (one: Entry, other: Entry): number => other.sequence - one.sequence;

/**
 * A ring of 500, and one row for each other site whose pages send requests: these could else push out everything. `onRequest`
 * hears of each request, and may ask what it was; of another site's only when their number has doubled.
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
      { method, path, startedAtMs, clientId, grantType, secretsInUrl, ...asked },
      { status, tokenId, error, errorDescription, why },
    ) {
      sequence += 1;
      const foreignSite = asked.foreignSite === undefined ? undefined : siteOf(asked.foreignSite);
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
      onRequest(() => inWords(entry));
    },
    newest: (limit) => [...ring, ...foreign.values()].sort(newestFirst).slice(0, limit).map(inWords),
  };
};
