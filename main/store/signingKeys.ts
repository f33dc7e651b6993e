import type { SigningAlgorithm } from '../../preload/contract/values.ts';
import { type Context, createRowIds, mustBeInTransaction } from './context.ts';

export interface SigningKeyRow {
  readonly id: number;
  readonly algorithm: SigningAlgorithm;
  /** PEM. It holds the public key. */
  readonly certificate: string;
  /** Real time. */
  readonly createdAtMs: number;
  /** Real time; null while it signs. */
  readonly retiredAtMs: number | null;
  /** Seconds of token time: the latest expiry of its signatures, or a little later. */
  readonly neededUntilSeconds: number;
}

/** The keys that sign JWTs. No row is ever deleted. */
export interface SigningKeys {
  /** Oldest first. */
  list(): readonly SigningKeyRow[];
  /** The key of an algorithm that signs. */
  current(algorithm: SigningAlgorithm): SigningKeyRow | undefined;
  /** Must run in a transaction. The private key is sealed. */
  insert(row: Omit<SigningKeyRow, 'id'>, privateKey: string): SigningKeyRow;
  /** Retires the current key of an algorithm. Must run in a transaction. */
  retire(algorithm: SigningAlgorithm, realTimeMs: number): void;
  /** Notes that a signature of the key expires then, in seconds of token time. Must run in a transaction. */
  needUntil(id: number, seconds: number): void;
  revealPrivateKey(id: number): string;
}

const columns = `id, algorithm, certificate, created_at_ms AS createdAtMs, retired_at_ms AS retiredAtMs,
  needed_until_seconds AS neededUntilSeconds`;

/** The signing keys in the database. */
export function createSigningKeys(context: Context): SigningKeys {
  const { db, sealer } = context;
  const ids = createRowIds(db, 'signing_keys');

  const selectAll = db.prepare<[], SigningKeyRow>(`SELECT ${columns} FROM signing_keys ORDER BY id`);
  const selectCurrent = db.prepare<[SigningAlgorithm], SigningKeyRow>(
    `SELECT ${columns} FROM signing_keys WHERE algorithm = ? AND retired_at_ms IS NULL ORDER BY id DESC LIMIT 1`,
  );
  const selectKey = db.prepare<[number], Uint8Array>('SELECT private_key FROM signing_keys WHERE id = ?').pluck();
  const insertRow = db.prepare(
    `INSERT INTO signing_keys (id, algorithm, certificate, private_key, created_at_ms, retired_at_ms,
      needed_until_seconds) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const updateRetired = db.prepare<[number, SigningAlgorithm]>(
    'UPDATE signing_keys SET retired_at_ms = ? WHERE algorithm = ? AND retired_at_ms IS NULL',
  );
  const updateNeeded = db.prepare<[number, number]>(
    'UPDATE signing_keys SET needed_until_seconds = max(needed_until_seconds, ?) WHERE id = ?',
  );

  return {
    list: () => selectAll.all(),
    current: (algorithm) => selectCurrent.get(algorithm),
    insert(row, privateKey) {
      mustBeInTransaction(context);
      const id = ids.take();
      const { algorithm, certificate, createdAtMs, retiredAtMs, neededUntilSeconds } = row;
      const sealed = sealer.seal(privateKey, 'signing_keys.private_key', id);
      insertRow.run(id, algorithm, certificate, sealed, createdAtMs, retiredAtMs, neededUntilSeconds);
      return { ...row, id };
    },
    retire(algorithm, realTimeMs) {
      mustBeInTransaction(context);
      updateRetired.run(realTimeMs, algorithm);
    },
    needUntil(id, seconds) {
      mustBeInTransaction(context);
      updateNeeded.run(seconds, id);
    },
    revealPrivateKey(id) {
      const sealed = selectKey.get(id);
      if (sealed === undefined) throw new Error(`There is no signing key ${id}.`);
      return sealer.open(sealed, 'signing_keys.private_key', id);
    },
  };
}
