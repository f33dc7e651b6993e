import type { KeyType } from '../../../../preload/contract/values.ts';

export interface DeviceSetRow {
  readonly id: number;
  readonly applicationId: number;
  readonly keyType: KeyType;
  /** Null: application tokens. */
  readonly userId: number | null;
  /** Unique within the application. */
  readonly name: string;
  /** In the order in which people named them. */
  readonly devices: readonly string[];
  /** Extra scopes of each token, separated by spaces. */
  readonly scope: string;
  /** Null: the key set's. Negative: never expires. */
  readonly validitySeconds: number | null;
  readonly createdAtMs: number;
}

export interface DeviceSetStore {
  /** By application, then name. */
  list(): readonly DeviceSetRow[];
  /** By name. */
  ofApplication(applicationId: number): readonly DeviceSetRow[];
  insert(row: Omit<DeviceSetRow, 'id'>): DeviceSetRow;
  update(row: DeviceSetRow): void;
  delete(id: number): void;
}
