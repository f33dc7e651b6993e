import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Store } from '../engine/ports/store.ts';
import { type Context, mustBeInTransaction } from './context.ts';
import type { SealedColumn } from './sealer.ts';

/** What a look at some rows found. */
export interface Looked {
  /** Where to look next; nothing when these were the last. */
  readonly next: number | undefined;
  readonly values: number;
  /** Rows whose value was not sealed with the newest key. */
  readonly old: readonly number[];
}

/** One column of sealed values, and how they are sealed anew. */
export interface SealedRows {
  readonly column: SealedColumn;
  /** Looks at some rows after this id, as many as take a millisecond or two; 0 is before the first. Changes nothing. */
  look(after: number): Looked;
  /**
   * Within a transaction: seals the values of these rows with the newest key, where that did not happen yet, and digests
   * anew what could be guessed. Gives the rows whose value does not open; they stay as they are.
   */
  reseal(ids: readonly number[]): readonly number[];
}

const idsAtOnce = 1000;

const isDamage = (error: unknown): boolean => error instanceof KeyfobError && error.code === 'sealed_value_damaged';

/** Everything that is sealed. A value that is not kept (none, or no bytes) is none. */
export function createSealedRows(context: Context, { users, keySets }: Store): readonly SealedRows[] {
  const { db, sealer } = context;

  const rowsOf = (sealedColumn: SealedColumn, own?: (id: number) => void): SealedRows => {
    const [table = '', column = ''] = sealedColumn.split('.');
    const selectLast = db.prepare<[], number | null>(`SELECT max(id) FROM ${table}`).pluck();
    const selectSome = db
      .prepare<[Uint8Array, number, number], [id: number, old: 0 | 1]>(
        `SELECT id, substr(${column}, 1, 2) <> ? FROM ${table} WHERE id > ? AND id <= ? AND length(${column}) > 0`,
      )
      .raw();
    const selectOld = db
      .prepare<[number, Uint8Array], Uint8Array>(
        `SELECT ${column} FROM ${table} WHERE id = ? AND length(${column}) > 0 AND substr(${column}, 1, 2) <> ?`,
      )
      .pluck();
    const update = db.prepare<[Uint8Array, number]>(`UPDATE ${table} SET ${column} = ? WHERE id = ?`);

    const resealOne = (id: number): void => {
      const sealed = selectOld.get(id, sealer.mark());
      if (sealed === undefined) return;
      if (own === undefined) update.run(sealer.seal(sealer.open(sealed, sealedColumn, id), sealedColumn, id), id);
      else own(id);
    };

    return {
      column: sealedColumn,
      look(after) {
        const until = after + idsAtOnce;
        const some = selectSome.all(sealer.mark(), after, until);
        return {
          next: until < (selectLast.get() ?? 0) ? until : undefined,
          values: some.length,
          old: some.filter(([, old]) => old === 1).map(([id]) => id),
        };
      },
      reseal(ids) {
        mustBeInTransaction(context);
        return ids.filter((id) => {
          try {
            resealOne(id);
            return false;
          } catch (error) {
            if (isDamage(error)) return true;
            throw error;
          }
        });
      },
    };
  };

  return [
    rowsOf('certificates.private_key'),
    rowsOf('users.password', (id) => {
      const password = users.revealPassword(id);
      if (password !== undefined) users.setPassword(id, password);
    }),
    rowsOf('key_sets.consumer_secret', (id) => keySets.setSecret(id, keySets.revealSecret(id))),
    rowsOf('refresh_tokens.refresh_token'),
    rowsOf('tokens.access_token'),
  ];
}
