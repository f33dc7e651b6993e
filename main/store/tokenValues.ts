import type { Context } from './context.ts';

/** The values of access tokens or refresh tokens: sealed, found by the row id they carry, compared by their digest. */
export interface TokenValues {
  /** Makes the value of a new row, and what is stored of it. */
  mint(id: number): { readonly value: string; readonly sealed: Uint8Array; readonly digest: Uint8Array };
  /** The row whose value this is. Compares in constant time. */
  idOf(value: string): number | undefined;
  reveal(id: number): string;
}

const columns = {
  access: { table: 'tokens', column: 'access_token', sealed: 'tokens.access_token' },
  refresh: { table: 'refresh_tokens', column: 'refresh_token', sealed: 'refresh_tokens.refresh_token' },
} as const;

/** `cacheLimit`: values kept in memory. */
export function createTokenValues({ db, sealer, caches }: Context, kind: 'access' | 'refresh', cacheLimit: number) {
  const { table, column, sealed: sealedColumn } = columns[kind];
  // Never wrong: a value stays with its row, and no id comes twice.
  const idOfValue = caches.create<string, number>(cacheLimit);
  const valueOfId = caches.create<number, string>(cacheLimit);

  const selectDigest = db.prepare<[number], Uint8Array>(`SELECT ${column}_digest FROM ${table} WHERE id = ?`).pluck();
  const selectSealed = db.prepare<[number], Uint8Array>(`SELECT ${column} FROM ${table} WHERE id = ?`).pluck();

  const values: TokenValues = {
    mint(id) {
      const value = sealer.mintTokenValue(kind, id);
      return { value, sealed: sealer.seal(value, sealedColumn, id), digest: sealer.digest(value) };
    },
    idOf(value) {
      const cached = idOfValue.get(value);
      if (cached !== undefined) return cached;
      const id = sealer.rowIdOf(kind, value);
      const digest = id === undefined ? undefined : selectDigest.get(id);
      if (id === undefined || digest === undefined || !sealer.matches(value, digest)) return undefined;
      idOfValue.set(value, id);
      return id;
    },
    reveal(id) {
      const cached = valueOfId.get(id);
      if (cached !== undefined) return cached;
      const sealed = selectSealed.get(id);
      if (sealed === undefined) throw new Error(`There is no ${kind} token ${id}.`);
      const value = sealer.open(sealed, sealedColumn, id);
      valueOfId.set(id, value);
      return value;
    },
  };
  return values;
}
