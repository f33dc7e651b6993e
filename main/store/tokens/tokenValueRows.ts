import type { TokenPersistence } from '../../../preload/contract/values.ts';
import type { Context } from '../context.ts';
import type { SealedColumn } from '../sealer.ts';
import type { ImportedValues } from './importedValues.ts';

/** Rows of access or refresh tokens. Their values are sealed, contain the row id, and are compared by their digest. */
export interface TokenValueRows<Row> {
  byId(id: number): Row | undefined;
  /** The row of a cached value. */
  known(value: string): Row | undefined;
  /** The id of the row that a value claims. Compare the digest to prove it. */
  idOf(value: string): number | undefined;
  /** The row of a genuine value. Compares in constant time; a malformed value is not even hashed. */
  byValue(value: string): Row | undefined;
  /** The value; undefined if only its hash is stored. */
  reveal(id: number): string | undefined;
  /** The value of a new row: an opaque one, or the JWT that `sign` gives for its id. With the columns to store. */
  mint(id: number, sign?: (jwtId: string) => string): Minted;
  /** Caches a row that was just read or inserted; for a new row, its value too. */
  keep(row: Row, value?: string): void;
  /** Call before each write to the row. */
  forget(id: number): void;
  /** Call before the row or its value is deleted. */
  forgetValue(id: number): void;
}

interface Minted {
  readonly value: string;
  /** Empty if the value is not stored. */
  readonly sealed: Uint8Array;
  readonly digest: Uint8Array;
  readonly persistence: TokenPersistence;
}

/** Stored instead of a sealed value when only the hash is stored. */
const noValue = new Uint8Array(0);

/** A column expression: whether the value of a row is stored sealed or as a hash only. */
export const persistenceColumn = (column: 'access_token' | 'refresh_token'): string =>
  `iif(length(${column}) > 0, 'encrypted', 'hashed') AS persistence`;

/** The columns to store for a new or imported value. */
export const storedValue = (
  { sealer, keepsValues }: Pick<Context, 'sealer' | 'keepsValues'>,
  value: string,
  column: SealedColumn,
  id: number,
): Omit<Minted, 'value'> => {
  const digest = sealer.digest(value);
  return keepsValues()
    ? { sealed: sealer.seal(value, column, id), digest, persistence: 'encrypted' }
    : { sealed: noValue, digest, persistence: 'hashed' };
};

const tables = {
  access: { table: 'tokens', column: 'access_token', sealedColumn: 'tokens.access_token' },
  refresh: { table: 'refresh_tokens', column: 'refresh_token', sealedColumn: 'refresh_tokens.refresh_token' },
} as const satisfies Record<string, { table: string; column: string; sealedColumn: SealedColumn }>;

/** Cached rows and values. With more live tokens than this, some are read from disk again. */
const cacheLimit = 16_384;

/** `columns` are the columns of a `Row`, under its member names. */
export function createTokenValueRows<Row extends { readonly id: number; readonly persistence: TokenPersistence }>(
  { db, sealer, caches, commit, reads, keepsValues }: Context,
  kind: keyof typeof tables,
  columns: string,
  imported: ImportedValues,
): TokenValueRows<Row> {
  const { table, column, sealedColumn } = tables[kind];
  /** The only cache that a write invalidates. */
  const rows = caches.create<number, Row>(cacheLimit);
  // Never stale: a value stays with its row, and ids are not reused.
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
    reads.begin();
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
      reads.begin();
      const record = id === undefined ? undefined : selectToCompare.get(id);
      if (record === undefined || !sealer.matches(value, record.digest)) return undefined;
      const { digest: _, ...rest } = record;
      // TypeScript cannot omit a property from a type parameter.
      const found = rest as unknown as Row;
      idOfValue.set(value, found.id);
      rows.set(found.id, found);
      return found;
    },
    reveal(id) {
      const cached = valueOfId.get(id);
      if (cached !== undefined) return cached;
      if (!keepsValues()) return undefined;
      reads.begin();
      const sealed = selectSealed.get(id);
      if (sealed === undefined) throw new Error(`There is no ${kind} token ${id}.`);
      if (sealed.length === 0) return undefined;
      const value = sealer.open(sealed, sealedColumn, id);
      valueOfId.set(id, value);
      return value;
    },
    mint(id, sign) {
      const value = sign === undefined ? sealer.mintTokenValue(kind, id) : sign(sealer.mintJwtId(id));
      return { value, ...storedValue({ sealer, keepsValues }, value, sealedColumn, id) };
    },
    keep(row, value) {
      rows.set(row.id, row);
      if (value === undefined) return;
      idOfValue.set(value, row.id);
      if (row.persistence === 'encrypted' && keepsValues()) valueOfId.set(row.id, value);
    },
    forget(id) {
      rows.delete(id);
      // A row inserted in this batch is cached by an earlier callback after the commit.
      commit.afterCommit(() => rows.delete(id));
    },
    forgetValue(id) {
      valueOfId.delete(id);
      commit.afterCommit(() => valueOfId.delete(id));
    },
  };
}
