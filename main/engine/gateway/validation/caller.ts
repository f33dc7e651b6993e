import type { Client } from '../../clients/client.ts';
import type { Ports } from '../../ports/ports.ts';
import type { TokenRow } from '../../ports/store/tokens.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { deviceOf } from '../../scopeRules.ts';
import { expiryMs } from '../../tokens/lifetime.ts';
import { qualifiedName } from '../../usernames.ts';
import type { GatewayCaller } from '../gateway.ts';

/** A live token with its client and user. */
export interface Bearer {
  readonly row: TokenRow;
  readonly client: Client;
  readonly user: UserRow;
}

/** The facts of a caller that each of its requests shares. */
export type KnownCaller = Omit<GatewayCaller, 'secondsLeft' | 'subscriptionTier'>;

/** The caller of a live token. */
export const callerOf = ({ store }: Ports, { row, client, user }: Bearer): KnownCaller => {
  const { application, keySet } = client;
  const owner = store.users.byId(application.ownerId);
  return {
    application: application.name,
    applicationId: application.id,
    applicationTier: application.tier,
    applicationOwner: owner === undefined ? '' : qualifiedName(owner),
    consumerKey: keySet.consumerKey,
    keyType: keySet.keyType,
    user: qualifiedName(user),
    userType: row.userType,
    device: deviceOf(row.scope),
    scopes: row.scope.split(' '),
    tokenId: row.id,
    expiresAtMs: expiryMs(row),
  };
};
