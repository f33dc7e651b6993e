import type { Database } from 'better-sqlite3';

/** One step of the schema. `user_version` holds the number of the last applied one. */
export interface Migration {
  readonly number: number;
  up(db: Database): void;
}
