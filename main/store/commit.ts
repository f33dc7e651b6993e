/** What the group commit offers; the one way to write (PERFORMANCE: requests of one event-loop turn share a transaction). */
export interface GroupCommit {
  /**
   * Runs `work` synchronously in its own savepoint of the next shared transaction, and resolves with its result after
   * COMMIT. Rejects with what `work` threw (its savepoint is rolled back, its neighbours stand), or with
   * `storage_full` / `database_damaged` for the whole batch when SQLite rolled the transaction back.
   */
  submit<T>(work: () => T): Promise<T>;
  /** Whether work is being run right now, inside a transaction. */
  readonly inTransaction: boolean;
  /** From within `work`: to be called after COMMIT, and not at all when it does not come to that. */
  afterCommit(callback: () => void): void;
  /** Resolves when all that was submitted so far is answered. */
  drain(): Promise<void>;
}
