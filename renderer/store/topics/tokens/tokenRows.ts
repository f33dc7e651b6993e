import type { KeyfobError } from '../../../../preload/contract/errors.ts';
import type { Token } from '../../../../preload/contract/tokens.ts';
import type { Host } from '../../../host/host.ts';
import { asKeyfobError } from '../../core/resource.ts';

/** Rows of the table of tokens, read as the table scrolls. */
export interface TokenRows {
  /** Always the same map. */
  readonly rows: ReadonlyMap<number, Token>;
  /**
   * If one of the `near` rows is missing or stale, reads it together with the missing rows `around` it. So scrolling costs one
   * call for many rows. Replaces what was wanted before.
   */
  want(near: readonly number[], around: readonly number[]): void;
  /** Takes rows that another call has read. */
  keep(tokens: readonly Token[]): void;
  /** These rows may have changed, or all. The wanted ones are read again soon. */
  changed(ids?: readonly number[]): void;
  forget(): void;
}

/** The number of rows read in one call, and of rows kept. */
const readAtOnce = 200;
const keptRows = 4000;
/** Changes come in bursts. Stale rows are read once per this time. */
const gatherMs = 60;

/** Calls `onRead` after each read, with its error or `undefined`. */
export function createTokenRows(host: Host, onRead: (error: KeyfobError | undefined) => void): TokenRows {
  const rows = new Map<number, Token>();
  const stale = new Set<number>();
  /** Ids of deleted tokens. They are not read again before a change. */
  const gone = new Set<number>();
  let wanted: { readonly near: readonly number[]; readonly around: readonly number[] } = { near: [], around: [] };
  let reading = false;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  /** Answers to reads from before the last `forget` are discarded. */
  let generation = 0;

  function keep(tokens: readonly Token[]): void {
    // Moved to the end of the map, so that the least recently used rows are evicted first.
    for (const token of tokens) {
      rows.delete(token.id);
      rows.set(token.id, token);
    }
    for (const id of rows.keys()) {
      if (rows.size <= keptRows) break;
      rows.delete(id);
    }
  }

  /** Makes one call at a time. While the table scrolls past thousands of rows, only the last visible ones are read. */
  async function read(): Promise<void> {
    const lacks = (id: number) => (!rows.has(id) || stale.has(id)) && !gone.has(id);
    const near = wanted.near.filter(lacks);
    if (reading || near.length === 0) return;
    const ids = [...new Set([...near, ...wanted.around.filter(lacks)])].slice(0, readAtOnce);
    const began = generation;
    reading = true;
    for (const id of ids) stale.delete(id);
    const answer = await host.call('tokens.readMany', { ids }).then(
      ({ items }) => ({ items, error: undefined }),
      (error: unknown) => ({ items: undefined, error: asKeyfobError(error) }),
    );
    reading = false;
    if (began === generation) {
      if (answer.items !== undefined) {
        keep(answer.items);
        const found = new Set(answer.items.map(({ id }) => id));
        for (const id of ids) if (!found.has(id)) gone.add(id);
      }
      onRead(answer.error);
    }
    if (answer.error === undefined) void read();
  }

  return {
    rows,
    keep,
    want(near, around) {
      wanted = { near, around };
      void read();
    },
    changed(ids) {
      gone.clear();
      for (const id of ids ?? rows.keys()) stale.add(id);
      gathering ??= setTimeout(() => {
        gathering = undefined;
        void read();
      }, gatherMs);
    },
    forget() {
      generation += 1;
      clearTimeout(gathering);
      gathering = undefined;
      rows.clear();
      stale.clear();
      gone.clear();
      wanted = { near: [], around: [] };
    },
  };
}
