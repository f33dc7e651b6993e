import type { Settings } from '../../../../preload/contract/settings/settings.ts';
import { isServed, livingClient, ownerOf } from '../../clients/client.ts';
import type { Ports } from '../../ports/ports.ts';
import type { SubscriptionRow } from '../../ports/store/subscriptions.ts';
import type { UserRow } from '../../ports/store/users.ts';
import { readIdToken } from '../../tokens/format/idTokenHint.ts';
import { remainingMs } from '../../tokens/lifetime.ts';
import { displayName } from '../../usernames.ts';
import type { FaultCode } from '../gateway.ts';
import type { CompiledApi } from '../matching/match.ts';
import type { CompiledResource } from '../matching/resources.ts';
import { type Why, whyInvalid, whyNotSubscribed, whyRetired, whyUnknown } from '../reasons.ts';
import { type Bearer, callerOf, type KnownCaller } from './caller.ts';
import { checkSubscription } from './subscription.ts';

/** A token that a resource accepts. */
export interface Accepted extends Bearer {
  readonly caller: KnownCaller;
  /** The user's name for people. */
  readonly userName: string;
  /** The subscriptions that it may use, oldest first; empty for an open API. */
  readonly subscriptions: readonly SubscriptionRow[];
}

/** A refused token. What it knows of the bearer is for the log. */
export interface Refused {
  readonly code: FaultCode;
  readonly row?: Bearer['row'] | undefined;
  readonly client?: Bearer['client'] | undefined;
  readonly user?: Bearer['user'] | undefined;
  /** Whether the clock alone refuses the token. */
  readonly isExpired?: boolean;
  readonly why: Why;
}

const applicationScope = 'am_application_scope';

/** Finds the live token of a value. Expiry counts the skew, by token time. */
const checkToken = (
  ports: Ports,
  value: string,
  atMs: number,
  profile: Settings['gatewayProfile'],
): Bearer | Refused => {
  const { tokens, keySets, users } = ports.store;
  const row = tokens.byValue(value);
  if (row === undefined) {
    const idToken = readIdToken(ports, value);
    const text = idToken === undefined ? whyUnknown(ports, value) : 'It is an ID token, not an access token.';
    // Row A64: API Manager's versions before the check know the token as little as 900901 says.
    const { enforceTypeHeaderValidation } = ports.store.settings.read();
    const isWrongType = idToken !== undefined && profile === '4.x' && enforceTypeHeaderValidation;
    return { code: isWrongType ? 900905 : 900901, why: () => text };
  }
  const client = livingClient(ports, keySets.byId(row.keySetId));
  const user = users.byId(row.userId);
  const known = { code: 900901, row, client, user } as const;
  if (row.state !== 'ACTIVE') return { ...known, why: whyRetired(ports, row) };
  if (client === undefined || !isServed(client.keySet) || user === undefined)
    return { ...known, why: whyInvalid(ports, row) };
  const bearer = { row, client, user };
  return remainingMs(ports, row, atMs) > 0 ? bearer : refusedAsExpired(ports, bearer);
};

/** The refusal of a token that has just expired. */
export const refusedAsExpired = (ports: Ports, { row, client, user }: Bearer): Refused => ({
  code: 900901,
  isExpired: true,
  row,
  client,
  user,
  why: whyInvalid(ports, row),
});

/** Whether the resource's authentication type excludes the token (gateway reference 2.4): in 2.6 only. */
const hasWrongType = ({ row: { authType } }: CompiledResource, scopes: readonly string[]): boolean => {
  const isApplication = scopes.includes(applicationScope);
  return (authType === 'Application' && !isApplication) || (authType === 'Application_User' && isApplication);
};

/** The roles of a scope if the user has none of them now. */
const missingRoles = ({ store }: Ports, scope: string, { roles }: UserRow): readonly string[] | undefined => {
  const needed = store.scopes.byName(scope)?.roles ?? [];
  return needed.length === 0 || needed.some((role) => roles.includes(role)) ? undefined : needed;
};

/**
 * Whether the token has one of the resource's scopes, and its user still has a role of that scope (rows 45, 45b). For
 * an application token the application's owner counts. Only the scopes of a JWT count, and not the roles (row 45).
 * Returns the reason if not.
 */
const checkScopes = (
  ports: Ports,
  { row: { scopes: needed } }: CompiledResource,
  { row, client, user }: Bearer,
  scopes: readonly string[],
): (() => string) | undefined => {
  if (needed.length === 0) return undefined;
  const held = needed.filter((scope) => scopes.includes(scope));
  const [first] = held;
  if (first === undefined) {
    const names = needed.length === 1 ? `the scope ${needed[0]}` : `one of the scopes ${needed.join(', ')}`;
    return () => `The resource needs ${names}, and the token has ${row.scope.replaceAll(' ', ', ')}.`;
  }
  if (row.format !== 'opaque') return undefined;
  const holder = row.userType === 'APPLICATION' ? ownerOf(ports, client.application) : user;
  if (held.some((scope) => missingRoles(ports, scope, holder) === undefined)) return undefined;
  const roles = missingRoles(ports, first, holder) ?? [];
  const role = roles.length === 1 ? `the role ${roles[0]}` : `one of the roles ${roles.join(', ')}`;
  return () => `Its scope ${first} needs ${role}, which ${displayName(holder)} no longer has.`;
};

/**
 * Checks a token at a resource, in the order of token reference 7.5: token, type, subscription, scopes. `atMs` is token
 * time.
 */
export const check = (
  ports: Ports,
  { api, resource }: { readonly api: CompiledApi; readonly resource: CompiledResource },
  value: string,
  atMs: number,
  profile: Settings['gatewayProfile'],
): Accepted | Refused => {
  const bearer = checkToken(ports, value, atMs, profile);
  if ('code' in bearer) return bearer;
  const { client } = bearer;
  const { application, keySet } = client;
  const caller = callerOf(ports, bearer);
  const { scopes } = caller;

  if (profile === '2.6' && hasWrongType(resource, scopes)) {
    const kinds = resource.row.authType === 'Application' ? ['application', 'a user'] : ['user', 'an application'];
    return {
      ...{ code: 900905, ...bearer },
      why: () => `The resource takes ${kinds[0]} tokens only, and this is ${kinds[1]} token.`,
    };
  }
  const subscribed = checkSubscription(ports, api.row, application.id, keySet.keyType);
  if (subscribed.code !== undefined) {
    const { code, subscription } = subscribed;
    return { code, ...bearer, why: () => whyNotSubscribed(application.name, api.label, subscription) };
  }
  const whyScopes = checkScopes(ports, resource, bearer, scopes);
  if (whyScopes !== undefined) return { code: 900910, ...bearer, why: whyScopes };
  return { ...bearer, caller, userName: displayName(bearer.user), subscriptions: subscribed.usable };
};
