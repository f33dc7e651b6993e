import type { DeviceToken } from '../../store/topics/deviceTokenReads.ts';
import type { RowKey } from '../../ui/tableColumns.ts';

/**
 * What the table knows rows by. A live token by its device and scopes, so that a new token in its place is the same row, with
 * its focus, its menu and its selection; where several live side by side, the others by their ids. A retired one by its
 * id, so that for the table a revoked row goes, and the place and the focus stay where they were.
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
