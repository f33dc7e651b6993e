import type { Context } from '../context.ts';

type Kind = 'access' | 'refresh';

/** Token values that another installation minted: they carry no row id of ours, and are found by their digest. */
export interface ImportedValues {
  /** The row that a value has in a living application; one that is being imported is none yet. */
  rowIdOf(kind: Kind, value: string): number | undefined;
  insert(kind: Kind, rowId: number, digest: Uint8Array): void;
}

const ofLiving = (table: 'tokens' | 'refresh_tokens') =>
  `SELECT row_id FROM imported_values INDEXED BY imported_values_digest
  JOIN ${table} ON ${table}.id = row_id
  JOIN key_sets ON key_sets.id = ${table}.key_set_id
  JOIN applications ON applications.id = application_id
  WHERE digest = ? AND kind = ? AND deleted_at_ms IS NULL`;

export function createImportedValues({ db, sealer }: Pick<Context, 'db' | 'sealer'>): ImportedValues {
  // Most installations have none, and then no value is hashed for it.
  let any = db.prepare('SELECT EXISTS (SELECT 1 FROM imported_values)').pluck().get() === 1;
  const select = {
    access: db.prepare<[Uint8Array, Kind], number>(ofLiving('tokens')).pluck(),
    refresh: db.prepare<[Uint8Array, Kind], number>(ofLiving('refresh_tokens')).pluck(),
  };
  const insertRow = db.prepare<[Kind, number, Uint8Array]>(
    'INSERT INTO imported_values (kind, row_id, digest) VALUES (?, ?, ?)',
  );

  return {
    rowIdOf: (kind, value) => (any && value.length === 28 ? select[kind].get(sealer.digest(value), kind) : undefined),
    insert(kind, rowId, digest) {
      any = true;
      insertRow.run(kind, rowId, digest);
    },
  };
}
