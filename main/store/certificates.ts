import { type Context, createRowIds, mustBeInTransaction, parseList } from './context.ts';

export interface CertificateRow {
  readonly id: number;
  readonly kind: 'ca' | 'leaf';
  /** PEM. */
  readonly certificate: string;
  /** Names and addresses that it is valid for. */
  readonly names: readonly string[];
  /** Real time. */
  readonly notAfterMs: number;
}

export interface Certificates {
  newest(kind: CertificateRow['kind']): CertificateRow | undefined;
  /** Must run in a transaction. The private key is sealed. */
  insert(row: Omit<CertificateRow, 'id'>, privateKey: string): CertificateRow;
  revealPrivateKey(id: number): string;
}

interface CertificateRecord extends Omit<CertificateRow, 'names'> {
  readonly names: string;
}

/** The certificates in the database, with sealed private keys. */
export function createCertificates(context: Context): Certificates {
  const { db, sealer } = context;
  const ids = createRowIds(db, 'certificates');

  const selectNewest = db.prepare<[string], CertificateRecord>(
    `SELECT id, kind, certificate, names, not_after_ms AS notAfterMs FROM certificates
    WHERE kind = ? ORDER BY id DESC LIMIT 1`,
  );
  const selectKey = db.prepare<[number], Uint8Array>('SELECT private_key FROM certificates WHERE id = ?').pluck();
  const insertRow = db.prepare<[number, string, string, string, number, Uint8Array]>(
    'INSERT INTO certificates (id, kind, certificate, names, not_after_ms, private_key) VALUES (?, ?, ?, ?, ?, ?)',
  );

  return {
    newest(kind) {
      const record = selectNewest.get(kind);
      return record && { ...record, names: parseList(record.names, 'certificates.names') };
    },
    insert(row, privateKey) {
      mustBeInTransaction(context);
      const id = ids.take();
      const sealed = sealer.seal(privateKey, 'certificates.private_key', id);
      insertRow.run(id, row.kind, row.certificate, JSON.stringify(row.names), row.notAfterMs, sealed);
      return { ...row, id };
    },
    revealPrivateKey(id) {
      const sealed = selectKey.get(id);
      if (sealed === undefined) throw new Error(`There is no certificate ${id}.`);
      return sealer.open(sealed, 'certificates.private_key', id);
    },
  };
}
