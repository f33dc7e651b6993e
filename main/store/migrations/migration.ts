import type { Database } from 'better-sqlite3';

/** One step of the schema: `user_version` is the number of the last one applied. */
export interface Migration {
  readonly number: number;
  up(db: Database): void;
}
