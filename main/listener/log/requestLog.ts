import type { LoggedRequest, RequestDetails, ToolCall } from '../../../preload/contract/requests.ts';
import { createDetailRing } from './detailRing.ts';
import { createSharedTexts, type Entry, fillEntry, formatEntry, newEntry, type RequestRow, whyOf } from './entry.ts';
import { maskDetails, type StoredDetails } from './masking/details.ts';
import { capturedOf, type SeenReply, type SeenRequest } from './seen.ts';
import { seenToolCall } from './toolCall.ts';

const kept = 5000;
/** Other sites that keep a row; the oldest row is evicted first. */
const mostForeign = 50;

/** The log as other rooms use it. */
export interface RequestLogReader {
  /** The number of the newest row; 0 without one. */
  newest(): number;
  /** Newest first. With `after`, only those with a larger number. */
  rows(after?: number): readonly RequestRow[];
  /** Headers and bodies, masked. `undefined` without details, or once newer ones needed the space. */
  details(sequence: number): Omit<RequestDetails, 'request'> | undefined;
  /** Adds the tool call of a model. Gives the number of its row. */
  addToolCall(call: ToolCall): number;
  /** Forgets all rows and overwrites all details. Gives the number of rows. */
  clear(): number;
  /** Overwrites all details, and keeps the rows. */
  wipeDetails(): void;
}

/** The newest requests, in memory only. Rows hold no secret; details do, and are masked when read. */
export interface RequestLog extends RequestLogReader {
  add(request: SeenRequest, reply: SeenReply): void;
  /** A request with its real secrets, to send it again. `undefined` as for `details`. */
  stored(sequence: number): { readonly method: string; readonly details: StoredDetails } | undefined;
  /** Resolves with the number of the next row whose client has this port. */
  rowOf(port: number): Promise<number>;
}

/** An origin or a host, written as browsers do. */
const site = /^(?:null|(?:[a-z][a-z0-9+.-]*:\/\/)?[a-z0-9.:[\]-]{1,100})$/;

/** These headers may hold anything, secrets included. So a text that no browser writes is not kept. */
const siteOf = (text: string): string => (site.test(text) ? text : 'another site');

const newestFirst = (one: Entry, other: Entry): number => other.sequence - one.sequence;

/**
 * Keeps a ring of 5,000 rows, and one row for each foreign site: else one page could evict all other rows. Calls
 * `onRequest` with a function that formats the row; for a foreign site only when its number of requests has doubled.
 * `secretHeaders` are names of headers, in lower case, whose values are masked in addition to the usual ones.
 */
export const createRequestLog = (
  realTimeMs: () => number,
  onRequest: (request: () => LoggedRequest) => void,
  secretHeaders: () => readonly string[],
): RequestLog => {
  let ring: Entry[] = [];
  let own = 0;
  let sequence = 0;
  const foreign = new Map<string, Entry>();
  const details = createDetailRing();
  const shared = createSharedTexts();
  const awaited = new Map<number, (sequence: number) => void>();

  const formatted = (entry: Entry) => formatEntry(entry, entry.details >= 0 && details.has(entry.details));

  const fill = (entry: Entry, request: SeenRequest, reply: SeenReply): void => {
    const captured = capturedOf(request, reply);
    sequence += 1;
    fillEntry(entry, request, reply, {
      sequence,
      shared,
      atMs: realTimeMs(),
      details: captured === undefined ? -1 : details.add(captured),
    });
  };

  const entries = (after = 0): Entry[] => {
    const found: Entry[] = [];
    for (let back = 1; back <= ring.length; back += 1) {
      const entry = ring[(own - back) % kept];
      if (entry === undefined || entry.sequence <= after) break;
      found.push(entry);
    }
    if (foreign.size === 0) return found;
    const others = [...foreign.values()].filter((entry) => entry.sequence > after);
    return [...found, ...others].sort(newestFirst);
  };

  /** Adds to the row of a foreign site. Gives the row if its number of requests has doubled. */
  const addForeign = (site: string, request: SeenRequest, reply: SeenReply): Entry | undefined => {
    const count = (foreign.get(site)?.count ?? 0) + 1;
    const entry = newEntry();
    fill(entry, request, reply);
    entry.foreignSite = site;
    entry.count = count;
    foreign.delete(site);
    foreign.set(site, entry);
    const [oldest] = foreign.keys();
    if (oldest !== undefined && foreign.size > mostForeign) foreign.delete(oldest);
    return (count & (count - 1)) === 0 ? entry : undefined;
  };

  const addOwn = (request: SeenRequest, reply: SeenReply): Entry => {
    const entry = ring[own % kept] ?? newEntry();
    ring[own % kept] = entry;
    own += 1;
    fill(entry, request, reply);
    return entry;
  };

  const tellWaiter = ({ request }: SeenRequest): void => {
    const port = request?.socket.remotePort ?? 0;
    awaited.get(port)?.(sequence);
    awaited.delete(port);
  };

  const stored: RequestLog['stored'] = (wanted) => {
    const entry = entries().find((one) => one.sequence === wanted);
    const found = entry === undefined || entry.details < 0 ? undefined : details.read(entry.details);
    return entry && found && { method: entry.method, details: found };
  };

  const add: RequestLog['add'] = (request, reply) => {
    const { foreignSite } = request;
    const entry = foreignSite === undefined ? addOwn(request, reply) : addForeign(siteOf(foreignSite), request, reply);
    if (awaited.size > 0) tellWaiter(request);
    if (entry !== undefined) onRequest(() => ({ ...formatted(entry), why: whyOf(entry) }));
  };

  return {
    add,
    addToolCall(call) {
      add(...seenToolCall(call));
      return sequence;
    },
    newest: () => sequence,
    rows: (after = 0) => entries(after).map((entry) => ({ ...formatted(entry), why: () => whyOf(entry) })),
    details(wanted) {
      const found = stored(wanted);
      return found && maskDetails(found.details, secretHeaders());
    },
    stored,
    rowOf: (port) => new Promise((resolve) => awaited.set(port, resolve)),
    clear() {
      const rows = ring.length + foreign.size;
      ring = [];
      own = 0;
      foreign.clear();
      details.wipe();
      return rows;
    },
    wipeDetails: details.wipe,
  };
};
