import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { LoggedRequest } from '../../../preload/contract/requests.ts';
import { asKeyfobError } from '../core/resource.ts';
import type { MakeSlice } from '../core/slice.ts';

/** The request log, while a screen follows it. */
export interface RequestsSlice {
  /** Newest first. `undefined` until first read. */
  readonly rows: readonly LoggedRequest[] | undefined;
  readonly error: KeyfobError | undefined;
  /** Reads the log and adds new requests as they arrive. Gives the function that stops this. */
  follow(): () => void;
}

/** The log keeps as many, and one for each of 50 foreign sites. */
const mostRows = 5050;
/** The largest page. */
const pageRows = 1000;
/** Requests come in bursts. They are read once per this time. */
const gatherMs = 120;

/** Adds newer requests to the rows. All requests of a foreign site share one row, so a newer one replaces the older. */
function withNewer(rows: readonly LoggedRequest[], newer: readonly LoggedRequest[]): readonly LoggedRequest[] {
  const sites = new Set<string>();
  const isNewest = ({ foreignSite }: LoggedRequest) => {
    if (foreignSite === undefined) return true;
    const isFirst = !sites.has(foreignSite);
    sites.add(foreignSite);
    return isFirst;
  };
  return newer.length === 0 ? rows : [...newer, ...rows].filter(isNewest).slice(0, mostRows);
}

export const requestsSlice: MakeSlice<RequestsSlice> = ({ host, get, set }) => {
  let followers = 0;
  let gathering = false;
  /** Answers to earlier reads are discarded. */
  let round = 0;

  /** Reads the whole log, page by page. */
  async function readAll(): Promise<readonly LoggedRequest[]> {
    const all: LoggedRequest[] = [];
    let page: readonly LoggedRequest[];
    do {
      const before = all.at(-1)?.sequence;
      page = (await host.call('requests.list', { limit: pageRows, ...(before !== undefined && { before }) })).items;
      all.push(...page);
    } while (page.length === pageRows && all.length < mostRows);
    return all;
  }

  /** Reads the newer requests, or all where newer ones fill a page: some may be missing then. */
  async function readNewer(rows: readonly LoggedRequest[]): Promise<readonly LoggedRequest[]> {
    const [newest] = rows;
    if (newest === undefined) return await readAll();
    const { items } = await host.call('requests.list', { limit: pageRows, after: newest.sequence });
    return items.length < pageRows ? withNewer(rows, items) : await readAll();
  }

  async function read(from: readonly LoggedRequest[] | undefined): Promise<void> {
    round += 1;
    const mine = round;
    try {
      const rows = await (from === undefined ? readAll() : readNewer(from));
      if (mine === round) set({ rows, error: undefined });
    } catch (thrown) {
      if (mine === round) set({ error: asKeyfobError(thrown) });
    }
  }

  const readAgain = () => {
    if (followers > 0) void read(undefined);
  };
  const gather = () => {
    if (gathering || followers === 0) return;
    gathering = true;
    setTimeout(() => {
      gathering = false;
      void read(get().rows);
    }, gatherMs);
  };

  return {
    rows: undefined,
    error: undefined,
    follow() {
      followers += 1;
      if (followers === 1) void read(undefined);
      return () => {
        followers -= 1;
      };
    },
    heard({ name }) {
      if (name === 'requests.added') gather();
      if (name === 'requests.cleared') readAgain();
    },
    connected: readAgain,
    vaultChanged() {
      round += 1;
      set({ rows: undefined, error: undefined });
      readAgain();
    },
  };
};
