import { readAsTenant } from '../../../preload/contract/usernames.ts';
import type { GrantType } from '../../../preload/contract/values.ts';
import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { displayName } from '../usernames.ts';
import { type Client, ownerOf } from './client.ts';

/** The description of an unknown client (reference 4.5). */
export const unknownClient = (consumerKey: string): string =>
  `A valid OAuth client could not be found for client_id: ${consumerKey}`;

/**
 * Refuses a key set of another server that is not served here, as an unknown one, and a revoked one (reference 4.5).
 * @throws OAuthError 401 invalid_client
 */
export const demandActive = (context: RequestContext, client: Client): void => {
  const { servedHere, consumerKey } = client.keySet;
  if (!servedHere) throw refusal(context, 401, 'invalid_client', unknownClient(consumerKey), 'not_served_here');
  if (client.keySet.state !== 'ACTIVE') {
    throw refusal(context, 401, 'invalid_client', 'Oauth application is not in active state', 'keys_revoked');
  }
};

/**
 * Refuses a grant type that the key set does not allow.
 * @throws OAuthError 400 unauthorized_client
 */
export const demandGrant = (context: RequestContext, client: Client, grantType: GrantType): void => {
  if (!client.keySet.grantTypes.includes(grantType)) {
    const text = 'The authenticated client is not authorized to use this authorization grant type';
    throw refusal(context, 400, 'unauthorized_client', text, 'grant_not_allowed');
  }
};

/** The longest name a user can have. The log keeps the suggestion, so longer input gets none. */
const longestUsername = 190;

/**
 * Refuses users of another tenant than the owner's (reference 4.3). The reason suggests how to write an e-mail address
 * as a user name.
 * @throws OAuthError 400 invalid_grant
 */
export const demandTenant = (
  ports: Ports,
  context: RequestContext,
  client: Client,
  tenantDomain: string,
  username: string,
): void => {
  const { application, keySet } = client;
  const owner = ownerOf(ports, application);
  if (tenantDomain !== owner.tenantDomain) {
    const name = `${displayName(owner)}_${application.name}_${keySet.keyType}`;
    const text = `Users in the tenant domain : ${tenantDomain} do not have access to application ${name}`;
    const useInstead = username.length > longestUsername ? undefined : readAsTenant(username)?.emailName;
    throw refusal(context, 400, 'invalid_grant', text, 'user_of_another_tenant', useInstead);
  }
};
