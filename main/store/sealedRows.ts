import { KeyfobError } from '../../preload/contract/errors.ts';
import type { Store } from '../engine/ports/store/store.ts';
import { type Context, mustBeInTransaction } from './context.ts';
import type { SealedColumn } from './sealer.ts';

/** The result of one scan step. */
export interface Scanned {
  /** Continue after this id; undefined at the end. */
  readonly next: number | undefined;
  /** How many sealed values the step found. */
  readonly values: number;
  /** Ids of the rows whose value is not sealed with the newest key. */
  readonly old: readonly number[];
}

/** One column of sealed values, for re-encryption. */
export interface SealedRows {
  readonly column: SealedColumn;
  /** Scans the rows after this id for a millisecond or two; 0 is before the first row. Changes nothing. */
  scan(after: number): Scanned;
  /**
   * Seals the values of these rows with the newest key, unless they already are, and updates the digests of secrets. Must run in a
   * transaction. Gives the ids of rows whose value cannot be opened; these do not change.
   */
  reseal(ids: readonly number[]): readonly number[];
}

const idsPerScan = 1000;

const isDamage = (error: unknown): boolean => error instanceof KeyfobError && error.code === 'sealed_value_damaged';

/** All columns of sealed values. Rows without a value (NULL or no bytes) are skipped. */
export function createSealedRows(context: Context, { users, keySets }: Store): readonly SealedRows[] {
  const { db, sealer } = context;

  const rowsOf = (sealedColumn: SealedColumn, resealWithDigest?: (id: number) => void): SealedRows => {
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
      if (resealWithDigest !== undefined) resealWithDigest(id);
      else update.run(sealer.seal(sealer.open(sealed, sealedColumn, id), sealedColumn, id), id);
    };

    return {
      column: sealedColumn,
      scan(after) {
        const until = after + idsPerScan;
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
    rowsOf('signing_keys.private_key'),
    rowsOf('users.password', (id) => {
      const password = users.revealPassword(id);
      if (password !== undefined) users.setPassword(id, password);
    }),
    rowsOf('key_sets.consumer_secret', (id) => keySets.setSecret(id, keySets.revealSecret(id))),
    rowsOf('refresh_tokens.refresh_token'),
    rowsOf('tokens.access_token'),
  ];
}
