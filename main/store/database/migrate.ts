import type { Database } from 'better-sqlite3';
import { firstSchema } from '../migrations/0001-first-schema.ts';
import { gatewaySchema } from '../migrations/0002-gateway.ts';
import { userClaims } from '../migrations/0003-user-claims.ts';
import { jwtTokensSchema } from '../migrations/0004-jwt-tokens.ts';
import { authorizationSchema } from '../migrations/0005-authorization.ts';
import { providedKeysSchema } from '../migrations/0006-provided-keys.ts';
import { signInsSchema } from '../migrations/0007-sign-ins-and-user-ids.ts';
import { deviceSetsSchema } from '../migrations/0008-device-sets.ts';
import { chosenKeysSchema } from '../migrations/0009-chosen-keys.ts';
import { rowDiet } from '../migrations/0010-row-diet.ts';
import type { Migration } from '../migrations/migration.ts';

/** All migrations, in order. */
export const migrations: readonly Migration[] = [
  firstSchema,
  gatewaySchema,
  userClaims,
  jwtTokensSchema,
  authorizationSchema,
  providedKeysSchema,
  signInsSchema,
  deviceSetsSchema,
  chosenKeysSchema,
  rowDiet,
];

/** The schema version of a database; 0 when it is new. */
export const schemaVersion = (db: Database): number => Number(db.pragma('user_version', { simple: true }));

/** Throws unless the migrations are numbered 1, 2, 3 and so on. */
export function checkNumbers(list: readonly Migration[]): void {
  for (const [at, { number }] of list.entries()) {
    if (number !== at + 1) throw new Error(`Migration ${at + 1} is missing or duplicated: its place holds ${number}.`);
  }
}

/** Applies the pending migrations, each in its own transaction. */
export function migrate(db: Database, list: readonly Migration[]): void {
  checkNumbers(list);
  // Otherwise rebuilding a table would delete its children. It has no effect within a transaction.
  db.pragma('foreign_keys = OFF');
  for (const migration of list.slice(schemaVersion(db))) {
    db.transaction(() => {
      migration.up(db);
      const faults = db.pragma('foreign_key_check');
      if (!Array.isArray(faults) || faults.length > 0) {
        throw new Error(`Migration ${migration.number} leaves rows that refer to rows that do not exist.`);
      }
      db.pragma(`user_version = ${migration.number}`);
    }).exclusive();
  }
  db.pragma('foreign_keys = ON');
}
