import type { DeviceToken } from '../../store/topics/deviceTokenReads.ts';
import type { RowKey } from '../../ui/tableColumns.ts';

/**
 * Gives each row's key. An active token's key is its device and scopes, so its replacement keeps focus, menu and
 * selection. Duplicates and retired tokens use their ids.
 */
export function rowKeys(
  live: readonly DeviceToken[],
  retired: readonly DeviceToken[],
): ReadonlyMap<RowKey, DeviceToken> {
  const byKey = new Map<RowKey, DeviceToken>();
  for (const token of live) {
    const tuple = `${token.device} ${token.scope}`;
    byKey.set(byKey.has(tuple) ? token.id : tuple, token);
  }
  for (const token of retired) byKey.set(-token.id, token);
  return byKey;
}
