import type { Tier, TierLevel } from '../../../../preload/contract/tiers.ts';

export type TierRow = Tier;

export interface TierStore {
  /** By level and name. Cached. */
  list(): readonly TierRow[];
  /** Cached: each call through the gateway needs it. */
  byName(level: TierLevel, name: string): TierRow | undefined;
  insert(row: Omit<TierRow, 'id'>): TierRow;
  update(row: TierRow): void;
  delete(id: number): void;
}
