import type { Context } from '../context.ts';

type Kind = 'access' | 'refresh';

/** Token values from another installation. They contain no row id of this one, so they are found by their digest. */
export interface ImportedValues {
  /** The row of a value, if its application is not deleted and its import is complete. */
  rowIdOf(kind: Kind, value: string): number | undefined;
  insert(kind: Kind, rowId: number, digest: Uint8Array): void;
}

const selectRowId = (table: 'tokens' | 'refresh_tokens') =>
  `SELECT row_id FROM imported_values INDEXED BY imported_values_digest
  JOIN ${table} ON ${table}.id = row_id
  JOIN key_sets ON key_sets.id = ${table}.key_set_id
  JOIN applications ON applications.id = application_id
  WHERE digest = ? AND kind = ? AND deleted_at_ms IS NULL`;

export function createImportedValues({ db, sealer }: Pick<Context, 'db' | 'sealer'>): ImportedValues {
  // Most installations have none. Then no value is hashed for this lookup.
  let any = db.prepare('SELECT EXISTS (SELECT 1 FROM imported_values)').pluck().get() === 1;
  const select = {
    access: db.prepare<[Uint8Array, Kind], number>(selectRowId('tokens')).pluck(),
    refresh: db.prepare<[Uint8Array, Kind], number>(selectRowId('refresh_tokens')).pluck(),
  };
  const insertRow = db.prepare<[Kind, number, Uint8Array]>(
    'INSERT INTO imported_values (kind, row_id, digest) VALUES (?, ?, ?)',
  );

  return {
    rowIdOf: (kind, value) =>
      any && (value.length === 28 || value.includes('.')) ? select[kind].get(sealer.digest(value), kind) : undefined,
    insert(kind, rowId, digest) {
      any = true;
      insertRow.run(kind, rowId, digest);
    },
  };
}
