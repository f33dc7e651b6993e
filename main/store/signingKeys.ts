import { type Context, createRowIds, mustBeInTransaction } from './context.ts';

export interface SigningKeyRow {
  readonly id: number;
  /** PEM. */
  readonly certificate: string;
}

/** The keys that sign JWTs for backends. */
export interface SigningKeys {
  newest(): SigningKeyRow | undefined;
  /** Must run in a transaction. The private key is sealed. */
  insert(certificate: string, privateKey: string): SigningKeyRow;
  revealPrivateKey(id: number): string;
}

/** The signing keys in the database. */
export function createSigningKeys(context: Context): SigningKeys {
  const { db, sealer } = context;
  const ids = createRowIds(db, 'signing_keys');

  const selectNewest = db.prepare<[], SigningKeyRow>(
    'SELECT id, certificate FROM signing_keys ORDER BY id DESC LIMIT 1',
  );
  const selectKey = db.prepare<[number], Uint8Array>('SELECT private_key FROM signing_keys WHERE id = ?').pluck();
  const insertRow = db.prepare<[number, string, Uint8Array]>(
    'INSERT INTO signing_keys (id, certificate, private_key) VALUES (?, ?, ?)',
  );

  return {
    newest: () => selectNewest.get(),
    insert(certificate, privateKey) {
      mustBeInTransaction(context);
      const id = ids.take();
      insertRow.run(id, certificate, sealer.seal(privateKey, 'signing_keys.private_key', id));
      return { id, certificate };
    },
    revealPrivateKey(id) {
      const sealed = selectKey.get(id);
      if (sealed === undefined) throw new Error(`There is no signing key ${id}.`);
      return sealer.open(sealed, 'signing_keys.private_key', id);
    },
  };
}
