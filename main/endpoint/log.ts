import type { EndpointRequest } from '../../preload/contract/endpoint.ts';
import type { Reply } from './reply.ts';

const kept = 500;
const longest = 200;
/** A sentence that names the scopes may be long. */
const longestWhy = 600;

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
  readonly reply: Pick<Reply, 'status' | 'tokenId' | 'error' | 'errorDescription' | 'why'>;
}

const inWords = ({ sequence, atMs, durationMs, method, path, clientId, grantType, reply }: Entry): EndpointRequest => ({
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
  why: short(reply.why?.(), longestWhy),
});

/** A ring of 500. `onRequest` hears of each, and may ask what it was. */
export const createRequestLog = (
  realTimeMs: () => number,
  onRequest: (request: () => EndpointRequest) => void,
): RequestLog => {
  const ring: Entry[] = [];
  let sequence = 0;
  return {
    add({ method, path, startedAtMs, clientId, grantType }, { status, tokenId, error, errorDescription, why }) {
      sequence += 1;
      const entry: Entry = {
        sequence,
        atMs: realTimeMs(),
        durationMs: startedAtMs === undefined ? undefined : tenths(performance.now() - startedAtMs),
        method,
        path: short(path),
        clientId: short(clientId),
        grantType: short(grantType),
        reply: { status, tokenId, error, errorDescription, why },
      };
      ring[sequence % kept] = entry;
      onRequest(() => inWords(entry));
    },
    newest: (limit) =>
      Array.from({ length: Math.min(limit, kept, sequence) }, (_, back) => ring[(sequence - back) % kept])
        .filter((entry) => entry !== undefined)
        .map(inWords),
  };
};
