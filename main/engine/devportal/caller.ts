import { livingClient, whyNotServed } from '../clients/client.ts';
import type { Ports } from '../ports/ports.ts';
import type { TokenRow } from '../ports/store/tokens.ts';
import type { UserRow } from '../ports/store/users.ts';
import { rolesOfScope } from '../scopeRules.ts';
import { clientOfValid, remainingMs } from '../tokens/lifetime.ts';
import { displayName, parseUsername } from '../usernames.ts';
import type { PortalAnswer, PortalCredentials } from './portal.ts';
import { unauthenticated } from './portalError.ts';

/** An authenticated caller. */
export interface Caller extends Pick<PortalAnswer, 'tokenId' | 'clientId'> {
  readonly user: UserRow;
}

type Basic = Extract<PortalCredentials, { basic: unknown }>['basic'];

const either = (names: readonly string[]): string => [...new Set(names)].join(' or ');

const rolesOf = (ports: Ports, scopes: readonly string[]): string =>
  either(scopes.flatMap((scope) => rolesOfScope(ports, scope) ?? []));

/** Throws 401 unless the user's roles give one of these scopes. A scope without roles is for everybody. */
const demandRole = (ports: Ports, user: UserRow, scopes: readonly string[]): void => {
  const mayHave = (scope: string): boolean => {
    // Undefined if the setting was turned off since the request came.
    const roles = rolesOfScope(ports, scope);
    return roles !== undefined && (roles.length === 0 || roles.some((role) => user.roles.includes(role)));
  };
  if (scopes.length === 0 || scopes.some(mayHave)) return;
  throw unauthenticated(`User ${displayName(user)} lacks a role: ${rolesOf(ports, scopes)}.`);
};

/** Why a token is not accepted, as the end of a sentence. */
const whyInvalid = (ports: Ports, row: TokenRow): string => {
  if (row.state !== 'ACTIVE') return `it is ${row.state}`;
  if (remainingMs(ports, row, ports.clock.tokenTimeMs()) <= 0) return 'it expired';
  const client = livingClient(ports, ports.store.keySets.byId(row.keySetId));
  return client === undefined ? 'its application is deleted' : whyNotServed(ports, row.keySetId);
};

/** The user of an access token; of an application token, the application's owner. */
const ofToken = (ports: Ports, token: string, scopes: readonly string[]): Caller => {
  const { tokens, users } = ports.store;
  const row = tokens.byValue(token);
  if (row === undefined) throw unauthenticated('No token has this value.');
  const client = clientOfValid(ports, row);
  if (client === undefined) throw unauthenticated(`Token ${row.id} is not valid: ${whyInvalid(ports, row)}.`);
  const granted = row.scope.split(' ').filter((scope) => scopes.includes(scope));
  if (scopes.length > 0 && granted.length === 0) {
    throw unauthenticated(
      `Token ${row.id} has the scopes "${row.scope}". Request ${either(scopes)} at /token, for a user with the role ${rolesOf(ports, scopes)}.`,
    );
  }
  const user = users.byId(row.userId);
  if (!user?.enabled || user.deletedAtMs !== null)
    throw unauthenticated(`The user of token ${row.id} is disabled or deleted.`);
  // The token may be older than the setting, or than the user's present roles, or have its scope by a pattern.
  demandRole(ports, user, granted);
  return { user, tokenId: row.id, clientId: client.keySet.consumerKey };
};

/** The user of Basic credentials, form-decoded or unchanged: a password may hold a percent or plus sign. */
const ofPassword = (ports: Ports, basic: Basic, scopes: readonly string[]): Caller => {
  const { users, settings } = ports.store;
  const { emailUsernames } = settings.read();
  const known = [basic, ...(basic.undecoded === undefined ? [] : [basic.undecoded])].map(({ id, secret }) => {
    const { name, userStore, tenantDomain } = parseUsername(id, emailUsernames);
    return { user: users.byName(name, userStore, tenantDomain), secret };
  });
  if (known.every(({ user }) => user === undefined)) {
    throw unauthenticated(
      'No user has this name. Basic credentials name a user and password here, not a consumer key.',
    );
  }
  const found = known.find(({ user, secret }) => user !== undefined && users.passwordMatches(user.id, secret))?.user;
  if (found === undefined) throw unauthenticated('Wrong password, or the user has none yet.');
  if (!found.enabled) throw unauthenticated('The user is disabled.');
  demandRole(ports, found, scopes);
  return { user: found };
};

/** Authenticates a caller who needs one of these scopes. Throws `PortalError` 401. */
export const authenticate = (
  ports: Ports,
  credentials: PortalCredentials | undefined,
  scopes: readonly string[],
): Caller => {
  if (credentials === undefined) {
    throw unauthenticated('The request has no Authorization header with Bearer and a token, or Basic and a user.');
  }
  return 'token' in credentials
    ? ofToken(ports, credentials.token, scopes)
    : ofPassword(ports, credentials.basic, scopes);
};
