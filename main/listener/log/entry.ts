import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { maskPath } from './masking/url.ts';
import type { RequestFacts, SeenReply, SeenRequest } from './seen.ts';

const longest = 200;
/** A reason that names scopes may be long. */
const longestWhy = 600;

/** Copies the text: a slice would keep the whole one in memory. */
const short = <T extends string | undefined>(text: T, most = longest) =>
  text === undefined || text.length <= most ? text : `${Buffer.from(text.slice(0, most))}…`;
/** Texts that rows share. Paths and consumer keys repeat, and 5,000 copies of them would burden V8's collector. */
const mostShared = 2000;

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

/** A row whose reason is put into words only when somebody reads it. */
export interface RequestRow extends Omit<LoggedRequest, 'why'> {
  readonly why: () => string | undefined;
}

/**
 * A row as it is kept. The ring's 5,000 rows are overwritten in place and hold shared texts, so that a request leaves
 * nothing for V8's collector to promote but its reason.
 */
export interface Entry {
  sequence: number;
  atMs: number;
  durationMs: number;
  method: string;
  path: string;
  status: number;
  clientId: string | undefined;
  grantType: string | undefined;
  tokenId: number | undefined;
  error: string | undefined;
  errorDescription: string | undefined;
  why: (() => string) | undefined;
  facts: RequestFacts | undefined;
  fault: string | undefined;
  secretsInUrl: readonly string[] | undefined;
  /** Position of the details; -1 for none. */
  details: number;
  source: 'mcp' | undefined;
  foreignSite: string | undefined;
  count: number | undefined;
}

/** An empty row. */
export const newEntry = (): Entry => ({
  sequence: 0,
  // Fractions, so that V8 never changes how it stores these fields.
  atMs: 0.5,
  durationMs: 0.5,
  method: '',
  path: '',
  status: 0,
  clientId: undefined,
  grantType: undefined,
  tokenId: undefined,
  error: undefined,
  errorDescription: undefined,
  why: undefined,
  facts: undefined,
  fault: undefined,
  secretsInUrl: undefined,
  details: -1,
  source: undefined,
  foreignSite: undefined,
  count: undefined,
});

/** Gives one copy of equal texts. Starts again when full, so that it forgets texts that no request has any more. */
export const createSharedTexts = () => {
  const texts = new Map<string, string>();
  return (text: string): string => {
    const known = texts.get(text);
    if (known !== undefined) return known;
    if (texts.size >= mostShared) texts.clear();
    // A copy: a slice would keep the whole URL or form in memory.
    const copy = Buffer.from(short(text)).toString();
    texts.set(copy, copy);
    return copy;
  };
};

/** Gives the reason, and a warning of secrets in the URL. */
export const whyOf = ({ why: reason, secretsInUrl }: Entry): string | undefined => {
  const why = short(reason?.(), longestWhy);
  if (secretsInUrl === undefined) return why;
  const warning = `The URL holds secrets (${secretsInUrl.join(', ')}), and logs and histories keep URLs; send them in the body.`;
  return why === undefined ? warning : `${why} ${warning}`;
};

/** Writes a request into a row, whatever the row held before. `details`: their position, -1 for none. */
export const fillEntry = (
  entry: Entry,
  { startedAtMs, clientId, grantType, method, path, secretsInUrl, source }: SeenRequest,
  reply: SeenReply,
  {
    sequence,
    atMs,
    details,
    shared,
  }: Pick<Entry, 'sequence' | 'atMs' | 'details'> & {
    readonly shared: (text: string) => string;
  },
): void => {
  entry.sequence = sequence;
  entry.atMs = atMs;
  entry.durationMs = startedAtMs === undefined ? -1 : performance.now() - startedAtMs;
  entry.method = method;
  entry.path = shared(path);
  entry.status = reply.status;
  entry.clientId = clientId && shared(clientId);
  entry.grantType = grantType && shared(grantType);
  entry.tokenId = reply.tokenId;
  entry.error = reply.error;
  entry.errorDescription = reply.errorDescription;
  entry.why = reply.why;
  entry.facts = reply.facts;
  entry.fault = reply.fault;
  entry.secretsInUrl = secretsInUrl;
  entry.details = details;
  entry.source = source;
};

/** A row as data. `hasDetails`: whether those can still be read. */
export const formatEntry = (entry: Entry, hasDetails: boolean): Omit<LoggedRequest, 'why'> => ({
  sequence: entry.sequence,
  atMs: entry.atMs,
  source: entry.source,
  method: entry.method,
  path: maskPath(entry.path),
  status: entry.status,
  durationMs: entry.durationMs < 0 ? undefined : tenths(entry.durationMs),
  ...entry.facts,
  clientId: entry.clientId,
  grantType: entry.grantType,
  tokenId: entry.tokenId,
  error: entry.error,
  errorDescription: short(entry.errorDescription),
  fault: entry.fault,
  secretsInUrl: entry.secretsInUrl && [...entry.secretsInUrl],
  hasDetails,
  foreignSite: entry.foreignSite,
  count: entry.count,
});
