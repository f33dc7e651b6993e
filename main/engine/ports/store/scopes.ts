export interface ScopeRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly roles: readonly string[];
  /** The APIs that it belongs to. Empty: every application can request it. */
  readonly apiIds: readonly number[];
}

export interface ScopeStore {
  list(): readonly ScopeRow[];
  /** Cached: each scope of each request needs it. */
  byName(name: string): ScopeRow | undefined;
  insert(row: Omit<ScopeRow, 'id'>): ScopeRow;
  update(row: ScopeRow): void;
  delete(id: number): void;
}
