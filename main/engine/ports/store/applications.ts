export interface ApplicationRow {
  readonly id: number;
  readonly name: string;
  readonly ownerId: number;
  readonly description: string;
  readonly tier: string;
  readonly createdAtMs: number;
  /** Real time of deletion. While set, the application, its keys and its tokens count as deleted. */
  readonly deletedAtMs: number | null;
}

export interface ApplicationStore {
  /** Includes deleted ones, until they are purged. */
  list(): readonly ApplicationRow[];
  /** Includes deleted ones. Cached: each request needs it. */
  byId(id: number): ApplicationRow | undefined;
  /** Living ones only; two of them never share a name. */
  byName(name: string): ApplicationRow | undefined;
  /** With `deletedAtMs` the row starts as deleted, until an import finishes. */
  insert(row: Omit<ApplicationRow, 'id' | 'deletedAtMs'> & { readonly deletedAtMs?: number | null }): ApplicationRow;
  update(row: ApplicationRow): void;
  /**
   * Deletes the application for good, with its key sets and tokens; at most `maxTokens` tokens a call. Returns false
   * while more remain: call it again in the next transaction.
   */
  purge(id: number, maxTokens?: number): boolean;
}
