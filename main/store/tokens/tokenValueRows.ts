import type { TokenPersistence } from '../../../preload/contract/values.ts';
import type { Context } from '../context.ts';
import type { SealedColumn } from '../sealer.ts';
import type { ImportedValues } from './importedValues.ts';

/** Access or refresh tokens: rows with a value that is sealed, carries the row's id, and is known by its digest. */
export interface TokenValueRows<Row> {
  byId(id: number): Row | undefined;
  /** The row of a value that was asked for before, or just made. */
  known(value: string): Row | undefined;
  /** The id of the row that a value may have; its digest tells whether it is genuine. */
  idOf(value: string): number | undefined;
  /** Compares in constant time. What has not the shape of a value is not even hashed. */
  byValue(value: string): Row | undefined;
  /** Undefined: it is kept as a hash only. */
  reveal(id: number): string | undefined;
  /** Makes the value of a new row, and what is stored of it. */
  mint(id: number): Minted;
  /** Keeps a row just read in memory; of a new row, its value too. */
  keep(row: Row, value?: string): void;
  /** Before each write to the row. */
  forget(id: number): void;
  /** Before the row is deleted. */
  forgetValue(id: number): void;
}

interface Minted {
  readonly value: string;
  /** Nothing when the value is not kept. */
  readonly sealed: Uint8Array;
  readonly digest: Uint8Array;
  readonly persistence: TokenPersistence;
}

/** In place of a sealed value that is not kept. */
const nothing = new Uint8Array(0);

/** In a list of columns: how the value of a row is kept. */
export const persistenceOf = (column: 'access_token' | 'refresh_token'): string =>
  `iif(length(${column}) > 0, 'encrypted', 'hashed') AS persistence`;

/** What is stored of a value that is made here or comes from elsewhere. */
export const storable = (
  { sealer, keepsValues }: Pick<Context, 'sealer' | 'keepsValues'>,
  value: string,
  column: SealedColumn,
  id: number,
): Omit<Minted, 'value'> => {
  const digest = sealer.digest(value);
  return keepsValues()
    ? { sealed: sealer.seal(value, column, id), digest, persistence: 'encrypted' }
    : { sealed: nothing, digest, persistence: 'hashed' };
};

const tables = {
  access: { table: 'tokens', column: 'access_token', sealedColumn: 'tokens.access_token' },
  refresh: { table: 'refresh_tokens', column: 'refresh_token', sealedColumn: 'refresh_tokens.refresh_token' },
} as const satisfies Record<string, { table: string; column: string; sealedColumn: SealedColumn }>;

/** Rows and values in memory. Of more live tokens than this, some are read from disk again. */
const cacheLimit = 16_384;

/** `columns` are those of a `Row`, in its shape. */
export function createTokenValueRows<Row extends { readonly id: number; readonly persistence: TokenPersistence }>(
  { db, sealer, caches, commit, turn, keepsValues }: Context,
  kind: keyof typeof tables,
  columns: string,
  imported: ImportedValues,
): TokenValueRows<Row> {
  const { table, column, sealedColumn } = tables[kind];
  /** The one cache that a write makes wrong. */
  const rows = caches.create<number, Row>(cacheLimit);
  // These are never wrong: a value stays with its row, and no id comes twice.
  const idOfValue = caches.create<string, number>(cacheLimit);
  const valueOfId = caches.create<number, string>(cacheLimit);

  const selectRow = db.prepare<[number], Row>(`SELECT ${columns} FROM ${table} WHERE id = ?`);
  const selectToCompare = db.prepare<[number], Row & { readonly digest: Uint8Array }>(
    `SELECT ${columns}, ${column}_digest AS digest FROM ${table} WHERE id = ?`,
  );
  const selectSealed = db.prepare<[number], Uint8Array>(`SELECT ${column} FROM ${table} WHERE id = ?`).pluck();

  const byId = (id: number): Row | undefined => {
    const cached = rows.get(id);
    if (cached !== undefined) return cached;
    turn.enter();
    const row = selectRow.get(id);
    if (row !== undefined) rows.set(id, row);
    return row;
  };

  const known = (value: string): Row | undefined => {
    const id = idOfValue.get(value);
    return id === undefined ? undefined : byId(id);
  };

  const idOf = (value: string): number | undefined => imported.rowIdOf(kind, value) ?? sealer.rowIdOf(kind, value);

  return {
    byId,
    known,
    idOf,
    byValue(value) {
      const row = known(value);
      if (row !== undefined) return row;
      const id = idOf(value);
      turn.enter();
      const record = id === undefined ? undefined : selectToCompare.get(id);
      if (record === undefined || !sealer.matches(value, record.digest)) return undefined;
      const { digest: _, ...rest } = record;
      // TypeScript cannot take a property off a type parameter.
      const found = rest as unknown as Row;
      idOfValue.set(value, found.id);
      rows.set(found.id, found);
      return found;
    },
    reveal(id) {
      const cached = valueOfId.get(id);
      if (cached !== undefined) return cached;
      if (!keepsValues()) return undefined;
      turn.enter();
      const sealed = selectSealed.get(id);
      if (sealed === undefined) throw new Error(`There is no ${kind} token ${id}.`);
      if (sealed.length === 0) return undefined;
      const value = sealer.open(sealed, sealedColumn, id);
      valueOfId.set(id, value);
      return value;
    },
    mint(id) {
      const value = sealer.mintTokenValue(kind, id);
      return { value, ...storable({ sealer, keepsValues }, value, sealedColumn, id) };
    },
    keep(row, value) {
      rows.set(row.id, row);
      if (value === undefined) return;
      idOfValue.set(value, row.id);
      if (row.persistence === 'encrypted' && keepsValues()) valueOfId.set(row.id, value);
    },
    forget(id) {
      rows.delete(id);
      // A row of this very batch is kept after the commit, by what was asked for before this.
      commit.afterCommit(() => rows.delete(id));
    },
    forgetValue(id) {
      valueOfId.delete(id);
      commit.afterCommit(() => valueOfId.delete(id));
    },
  };
}
