import type { Token } from '../../../../preload/contract/tokens.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenFilter } from '../../ports/store/tokenFilter.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import { deviceOf } from '../../scopeRules.ts';
import { clientOfValid, expiryMs } from '../../tokens/lifetime.ts';
import { currentPersistence } from '../../tokens/tokenValues.ts';
import { displayName } from '../../usernames.ts';

/** A token as lists show it, without its values. */
export const tokenView = (ports: Ports, row: TokenRow): Token => {
  const { store } = ports;
  const keySet = store.keySets.byId(row.keySetId);
  const application = keySet && store.applications.byId(keySet.applicationId);
  const user = store.users.byId(row.userId);
  const device = deviceOf(row.scope);
  const reuses = store.tokens.reuses(row.id);
  return {
    id: row.id,
    application: application?.name ?? '',
    keyType: keySet?.keyType ?? 'PRODUCTION',
    user: user ? displayName(user) : '',
    userType: row.userType,
    grantType: row.grantType,
    scope: row.scope,
    ...(device !== undefined && { device }),
    state: row.state,
    stateId: row.stateId,
    bindingRef: row.bindingRef,
    issuedAtMs: row.issuedAtMs,
    expiresAtMs: expiryMs(row),
    valid: clientOfValid(ports, row) !== undefined,
    format: row.format,
    persistence: currentPersistence(ports, row),
    reuseCount: reuses.count,
    ...(reuses.lastAtMs !== undefined && { lastReusedAtMs: reuses.lastAtMs }),
  };
};

/** A page of the tokens that match a filter, newest first. `nextCursor` starts the next page; absent on the last. */
export const tokenPage = (
  ports: Ports,
  filter: TokenFilter,
  cursor: number | undefined,
  limit: number,
): { readonly items: Token[]; readonly nextCursor?: number } => {
  const { found, olderThanId } = ports.store.tokens.list({ ...filter, beforeId: cursor }, limit + 1);
  const items = found.slice(0, limit).map((row) => tokenView(ports, row));
  const nextCursor = found.length > limit ? items.at(-1)?.id : olderThanId;
  return nextCursor === undefined ? { items } : { items, nextCursor };
};
