import type { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { Host } from '../../host/host.ts';
import { asKeyfobError } from '../core/resource.ts';

/** Rows of the tokens' table near those that are seen, read as they are wanted. */
export interface TokenRows {
  /** The same map all the time. */
  readonly rows: ReadonlyMap<number, Token>;
  /**
   * As soon as one of the `near` is missing or stale, it and what else is of those `around` them is read: one call for a
   * stretch, not one for each row that comes in sight. What was wanted before and is not yet read is left.
   */
  want(near: readonly number[], around: readonly number[]): void;
  /** Rows that came by another way. */
  keep(tokens: readonly Token[]): void;
  /** These rows may be others now, or all; those that are wanted are read again soon. */
  changed(ids?: readonly number[]): void;
  forget(): void;
}

/** Rows read in one call, and rows kept. */
const readAtOnce = 200;
const keptRows = 4000;
/** Changes come in bursts: what they make stale is read once per this time. */
const gatherMs = 60;

/** `tell` hears after each read: of its error, or that there was none. */
export function createTokenRows(host: Host, tell: (error: KeyfobError | undefined) => void): TokenRows {
  const rows = new Map<number, Token>();
  const stale = new Set<number>();
  /** Asked for and not there: not asked for again before something changes. */
  const gone = new Set<number>();
  let wanted: { readonly near: readonly number[]; readonly around: readonly number[] } = { near: [], around: [] };
  let reading = false;
  let gathering: ReturnType<typeof setTimeout> | undefined;
  /** Answers to questions from before the last `forget` are not taken. */
  let generation = 0;

  function keep(tokens: readonly Token[]): void {
    // Again at the end of the map, so that the rows used longest ago are the first to go.
    for (const token of tokens) {
      rows.delete(token.id);
      rows.set(token.id, token);
    }
    for (const id of rows.keys()) {
      if (rows.size <= keptRows) break;
      rows.delete(id);
    }
  }

  /** One call at a time: while the table scrolls past thousands, only what is seen at its end is read. */
  async function read(): Promise<void> {
    const lacks = (id: number) => (!rows.has(id) || stale.has(id)) && !gone.has(id);
    const near = wanted.near.filter(lacks);
    if (reading || near.length === 0) return;
    const ids = [...new Set([...near, ...wanted.around.filter(lacks)])].slice(0, readAtOnce);
    const asked = generation;
    reading = true;
    for (const id of ids) stale.delete(id);
    const answer = await host.call('tokens.readMany', { ids }).then(
      ({ items }) => ({ items, error: undefined }),
      (error: unknown) => ({ items: undefined, error: asKeyfobError(error) }),
    );
    reading = false;
    if (asked === generation) {
      if (answer.items !== undefined) {
        keep(answer.items);
        const found = new Set(answer.items.map(({ id }) => id));
        for (const id of ids) if (!found.has(id)) gone.add(id);
      }
      tell(answer.error);
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
