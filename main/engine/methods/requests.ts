import type { ParsedInputOf } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Handlers, MethodOf } from '../../../preload/contract/index.ts';
import type { LoggedRequest, RequestDetails, requestFilter } from '../../../preload/contract/requests.ts';
import type { Ports } from '../ports/ports.ts';
import type { RequestRow } from '../ports/requestLog.ts';
import { deviceOf } from '../scopeRules.ts';
import { displayName } from '../usernames.ts';
import { harEntry, harOf } from './shared/har.ts';

type Parts = Pick<Ports, 'endpoint' | 'store' | 'events' | 'installation' | 'clock'>;

type Filter = Pick<ParsedInputOf<MethodOf<'requests.list'>>, keyof typeof requestFilter>;

interface Names {
  readonly application?: string;
  readonly keyType?: LoggedRequest['keyType'];
  readonly user?: string;
  readonly device?: string;
}

/** Looks up the application of a consumer key, and user and device of a token. Remembers both for one call. */
const createNames = ({ store }: Pick<Parts, 'store'>) => {
  const callers = new Map<string, Names>();
  const owners = new Map<number, Names>();

  const caller = (clientId: string): Names => {
    const keySet = store.keySets.byConsumerKey(clientId);
    const application = keySet && store.applications.byId(keySet.applicationId);
    return keySet === undefined || application === undefined
      ? {}
      : { application: application.name, keyType: keySet.keyType };
  };
  const owner = (tokenId: number): Names => {
    const row = store.tokens.byId(tokenId);
    const user = row && store.users.byId(row.userId);
    const device = row && deviceOf(row.scope);
    return { ...(user && { user: displayName(user) }), ...(device !== undefined && { device }) };
  };
  const remembered = <K>(known: Map<K, Names>, key: K | undefined, look: (key: K) => Names): Names => {
    if (key === undefined) return {};
    const found = known.get(key) ?? look(key);
    known.set(key, found);
    return found;
  };
  // The gateway has noted the names itself; rows of the endpoint are looked up.
  return (row: RequestRow): Omit<RequestRow, 'why'> => ({
    ...remembered(callers, row.application === undefined ? row.clientId : undefined, caller),
    ...remembered(owners, row.user === undefined ? row.tokenId : undefined, owner),
    ...Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== undefined && name !== 'why')),
    ...{ sequence: row.sequence, atMs: row.atMs, method: row.method, path: row.path, status: row.status },
  });
};

const outcomeOf = (status: number): 'ok' | 'refused' | 'failed' => {
  if (status < 400) return 'ok';
  return status < 500 ? 'refused' : 'failed';
};

const searchedText = (row: LoggedRequest): string =>
  [
    ...[row.method, row.path, row.status, row.application, row.clientId, row.grantType, row.user, row.device, row.api],
    ...[row.tokenId, row.error, row.errorDescription, row.fault, row.why],
  ]
    .join(' ')
    .toLowerCase();

/** Handlers of the request log. */
export const requestHandlers = (parts: Parts): Handlers['requests'] => {
  const log = parts.endpoint.requests;

  const complete = (row: RequestRow, named: ReturnType<typeof createNames>): LoggedRequest => {
    const why = row.why();
    return { ...named(row), ...(why !== undefined && { why }) };
  };

  /** Gives the complete form of a row that matches, else undefined. */
  const finder = ({ search, outcome, application, api }: Filter) => {
    const named = createNames(parts);
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    return (row: RequestRow): LoggedRequest | undefined => {
      if (outcome !== 'all' && outcome !== outcomeOf(row.status)) return undefined;
      if (api !== undefined && row.api !== api) return undefined;
      if (application !== undefined && named(row).application !== application) return undefined;
      const item = complete(row, named);
      const text = words.length === 0 ? '' : searchedText(item);
      return words.every((word) => text.includes(word)) ? item : undefined;
    };
  };

  const read = (sequence: number): RequestDetails => {
    const row = log.rows().find((one) => one.sequence === sequence);
    if (row === undefined) {
      throw new KeyfobError('not_found', `The log has no request ${sequence}. It keeps the newest 5,000.`);
    }
    const details = log.details(sequence);
    if (details === undefined) throw gone(sequence);
    return { request: complete(row, createNames(parts)), ...details };
  };

  return {
    list({ before, after, limit, ...filter }) {
      const find = finder(filter);
      const items: LoggedRequest[] = [];
      for (const row of log.rows(after)) {
        if (items.length === limit) break;
        const item = before === undefined || row.sequence < before ? find(row) : undefined;
        if (item !== undefined) items.push(item);
      }
      return { items };
    },
    read: ({ sequence }) => read(sequence),
    repeat: async ({ sequence }) => {
      if (read(sequence).request.source !== undefined) {
        throw new KeyfobError('refused', 'A model called this tool. Only HTTP requests can be sent again.');
      }
      return read(await log.repeat(sequence));
    },
    addToolCall: async (call) => ({ sequence: log.addToolCall(call) }),
    *exportHar({ sequences, ...filter }) {
      const wanted = sequences && new Set(sequences);
      const find = finder(filter);
      const rows = log
        .rows()
        .filter(
          (row) =>
            row.source === undefined && (wanted === undefined || wanted.has(row.sequence)) && find(row) !== undefined,
        )
        .toReversed();
      const entries: object[] = [];
      const origin = originOf(parts);
      for (const [done, row] of rows.entries()) {
        entries.push(harEntry(row, log.details(row.sequence), origin, parts.clock));
        if (done % 50 === 0) yield { done, total: rows.length };
      }
      return { har: harOf(entries, parts.installation.read().version), requests: entries.length };
    },
    async clear() {
      const forgotten = log.clear();
      parts.events.emit('requests.cleared', {});
      return { forgotten };
    },
  };
};

const gone = (sequence: number): KeyfobError =>
  new KeyfobError(
    'not_found',
    `Headers and bodies of request ${sequence} are gone: newer requests needed their space, or the vault was locked. Choose a newer request.`,
  );

/** The address of the endpoint, for requests without a Host header. */
function originOf({ endpoint }: Pick<Parts, 'endpoint'>): string {
  const { port } = endpoint.status();
  return `https://localhost${port === undefined ? '' : `:${port}`}`;
}
