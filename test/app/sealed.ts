import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SealedColumn } from '../../main/store/sealer.ts';

const columns: readonly SealedColumn[] = [
  'tokens.access_token',
  'refresh_tokens.refresh_token',
  'key_sets.consumer_secret',
  'users.password',
  'certificates.private_key',
  'signing_keys.private_key',
];

export interface Sealed {
  readonly column: SealedColumn;
  readonly id: number;
  readonly value: Uint8Array;
}

/** All sealed values in the database of a data folder. */
export function sealedIn(folder: string): Sealed[] {
  const db = new Database(join(folder, 'keyfob.db'), { readonly: true });
  const all = columns.flatMap((name) => {
    const [table, column] = name.split('.');
    const rows = db.prepare<[], { id: number; value: Uint8Array }>(
      `SELECT id, ${column} AS value FROM ${table} WHERE length(${column}) > 0`,
    );
    return rows.all().map((row) => ({ column: name, ...row }));
  });
  db.close();
  return all;
}

/** The numbers of the data keys in use. */
export const keyIdsIn = (folder: string): ReadonlySet<number | undefined> =>
  new Set(sealedIn(folder).map(({ value }) => value[1]));
