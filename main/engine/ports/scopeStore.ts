export interface ScopeRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly roles: readonly string[];
}

export interface ScopeStore {
  list(): readonly ScopeRow[];
  /** Cached: each scope of each request needs it. */
  byName(name: string): ScopeRow | undefined;
  insert(row: Omit<ScopeRow, 'id'>): ScopeRow;
  update(row: ScopeRow): void;
  delete(id: number): void;
}
