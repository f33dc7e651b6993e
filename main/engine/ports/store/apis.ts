import type { ApiCors, ApiResource, ApiState } from '../../../../preload/contract/apis.ts';

export interface ApiRow {
  readonly id: number;
  readonly name: string;
  readonly version: string;
  /** As entered: `/orders`, or with `{version}`. */
  readonly context: string;
  readonly isDefaultVersion: boolean;
  readonly state: ApiState;
  readonly description: string;
  /** Unless it is `Unlimited`, tiers of resources are ignored. */
  readonly tier: string;
  /** `echo` or a URL; null: no backend for tokens of this key type. */
  readonly productionBackend: string | null;
  readonly sandboxBackend: string | null;
  /** PEM. */
  readonly backendCa: string | null;
  /** Every application may call it without a subscription. */
  readonly open: boolean;
  /** Null: as the settings say. */
  readonly authorizationHeader: string | null;
  readonly cors: ApiCors | null;
  /** In declared order. */
  readonly resources: readonly ApiResource[];
  readonly createdAtMs: number;
}

export interface ApiStore {
  /** By name and version. Cached; rows stay the same objects until an API is written. */
  list(): readonly ApiRow[];
  byId(id: number): ApiRow | undefined;
  insert(row: Omit<ApiRow, 'id'>): ApiRow;
  update(row: ApiRow): void;
  /** Deletes it with its subscriptions. */
  delete(id: number): void;
}
