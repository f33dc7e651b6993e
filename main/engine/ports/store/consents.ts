/** A remembered approval of a user for a key set. */
export interface ConsentRow {
  readonly id: number;
  readonly keySetId: number;
  readonly userId: number;
  /** Normalised, as in a token. */
  readonly scope: string;
  readonly approvedAtMs: number;
}

export interface ConsentStore {
  list(): readonly ConsentRow[];
  byId(id: number): ConsentRow | undefined;
  find(keySetId: number, userId: number): ConsentRow | undefined;
  /** Replaces the consent of the same key set and user. */
  save(row: Omit<ConsentRow, 'id'>): void;
  delete(id: number): void;
}
