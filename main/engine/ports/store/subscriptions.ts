import type { SubscriptionState } from '../../../../preload/contract/subscriptions.ts';

export interface SubscriptionRow {
  readonly id: number;
  readonly applicationId: number;
  readonly apiId: number;
  readonly tier: string;
  readonly state: SubscriptionState;
  readonly createdAtMs: number;
}

export interface SubscriptionStore {
  /** Oldest first. Cached. */
  list(): readonly SubscriptionRow[];
  /** Oldest first. Cached: each call through the gateway needs it. */
  ofApplication(applicationId: number): readonly SubscriptionRow[];
  byId(id: number): SubscriptionRow | undefined;
  /** An application has at most one subscription to an API at a tier. */
  insert(row: Omit<SubscriptionRow, 'id'>): SubscriptionRow;
  update(row: SubscriptionRow): void;
  delete(id: number): void;
}
