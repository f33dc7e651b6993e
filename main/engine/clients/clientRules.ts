import { KeyfobError } from '../../../preload/contract/errors.ts';
import { readAsTenant } from '../../../preload/contract/usernames.ts';
import type { GrantType } from '../../../preload/contract/values.ts';
import { type RequestContext, refusal } from '../decisions/refusal.ts';
import type { ClientCredentials } from '../oauth/oauth.ts';
import type { ApplicationRow } from '../ports/applicationStore.ts';
import type { KeySetRow } from '../ports/keySetStore.ts';
import type { Ports } from '../ports/ports.ts';
import type { UserRow } from '../ports/userStore.ts';
import { displayName } from '../usernames.ts';

/** An OAuth2 client: a key set and its living application. */
export interface Client {
  readonly keySet: KeySetRow;
  readonly application: ApplicationRow;
}

/** The client of a key set; undefined when there is none, or its application is deleted. */
export const livingClient = (ports: Ports, keySet: KeySetRow | undefined): Client | undefined => {
  if (keySet === undefined) return undefined;
  const application = ports.store.applications.byId(keySet.applicationId);
  return application === undefined || application.deletedAtMs !== null ? undefined : { keySet, application };
};

/** The owner, who carries the application tokens. */
export const ownerOf = (ports: Ports, application: ApplicationRow): UserRow => {
  const owner = ports.store.users.byId(application.ownerId);
  if (owner === undefined) {
    throw new KeyfobError('database_damaged', `The owner of "${application.name}" is missing from the database.`);
  }
  return owner;
};

/**
 * Refuses a key set that is revoked (reference 4.5).
 * @throws OAuthError 401 invalid_client
 */
export const demandActive = (context: RequestContext, client: Client): void => {
  if (client.keySet.state !== 'ACTIVE') {
    throw refusal(context, 401, 'invalid_client', 'Oauth application is not in active state', 'keys_revoked');
  }
};

/**
 * Credentials that matched, with the row of the key set they matched: it is another object once row or secret changed.
 * A connection brings the same credentials with each request, and each is decided twice.
 */
const matched = new WeakMap<NonNullable<ClientCredentials['basic']>, KeySetRow>();

/**
 * Client authentication, in the order of reference 2.1: the client is known and active, one method only, the secret.
 * @throws OAuthError 401 invalid_client; 400 invalid_request for two methods at once (RFC 6749 section 2.3)
 */
export const authenticateClient = (ports: Ports, context: RequestContext, credentials: ClientCredentials): Client => {
  const { basic, body } = credentials;
  const consumerKey = basic?.id || body?.id;
  if (!consumerKey) throw refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'no_credentials');

  const keySet = ports.store.keySets.byConsumerKey(consumerKey);
  const client = livingClient(ports, keySet);
  if (client === undefined) {
    const text = `A valid OAuth client could not be found for client_id: ${consumerKey}`;
    throw refusal(context, 401, 'invalid_client', text, keySet ? 'application_deleted' : 'client_unknown');
  }
  context.client = client;
  demandActive(context, client);

  // A client_id in the body beside Basic is common and harmless, as long as it names the same client.
  if (basic && body && (body.secret || (body.id && body.id !== basic.id))) {
    const text = 'The client MUST NOT use more than one authentication method in each';
    throw refusal(context, 400, 'invalid_request', text);
  }
  const secret = basic ? basic.secret : body?.secret;
  if (!secret) throw refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'no_credentials');
  if (basic && matched.get(basic) === client.keySet) return client;
  if (!ports.store.keySets.secretMatches(client.keySet.id, secret)) {
    throw refusal(context, 401, 'invalid_client', 'Client Authentication failed.', 'secret_wrong');
  }
  if (basic) matched.set(basic, client.keySet);
  return client;
};

/**
 * Refuses a grant that is not ticked for the key set.
 * @throws OAuthError 400 unauthorized_client
 */
export const demandGrant = (context: RequestContext, client: Client, grantType: GrantType): void => {
  if (!client.keySet.grantTypes.includes(grantType)) {
    const text = 'The authenticated client is not authorized to use this authorization grant type';
    throw refusal(context, 400, 'unauthorized_client', text, 'grant_not_allowed');
  }
};

/** As long as a user's name may be; the ring of refusals keeps it. */
const longestUsername = 190;

/**
 * An application serves users of its owner's tenant only (reference 4.3). The refusal's reason says how to write an
 * e-mail address as the name of a user.
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
