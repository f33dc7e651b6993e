import type { Ports } from '../../ports/ports.ts';
import type { UserRow } from '../../ports/store/users.ts';
import type { claimScopes } from '../../scopeRules.ts';

type ClaimScope = (typeof claimScopes)[number];

/** Standard claims in the order of WSO2's registry (OpenID reference 9), with their scopes. */
const scopeOfClaim: ReadonlyMap<string, ClaimScope> = new Map([
  ['email', 'email'],
  ['email_verified', 'email'],
  ['name', 'profile'],
  ['family_name', 'profile'],
  ['given_name', 'profile'],
  ['middle_name', 'profile'],
  ['nickname', 'profile'],
  ['preferred_username', 'profile'],
  ['profile', 'profile'],
  ['picture', 'profile'],
  ['website', 'profile'],
  ['gender', 'profile'],
  ['birthdate', 'profile'],
  ['zoneinfo', 'profile'],
  ['locale', 'profile'],
  ['updated_at', 'profile'],
  ['phone_number', 'phone'],
  ['phone_number_verified', 'phone'],
  ['address', 'address'],
  ['street', 'address'],
]);

/** The names of the standard claims that a user may have. */
export const standardClaims: readonly string[] = [...scopeOfClaim.keys()];

/** All claims of a user by their names in tokens. `name` is both names, unless the user has another one. */
const claimsOf = ({ claims }: UserRow): ReadonlyMap<string, unknown> => {
  const { givenName, familyName, email, phone, groups, otherClaims } = claims;
  const fields: readonly (readonly [string, unknown])[] = [
    ['name', [givenName, familyName].filter((text) => text !== '').join(' ')],
    ['given_name', givenName],
    ['family_name', familyName],
    ['email', email],
    ['phone_number', phone],
    ['groups', groups.length === 0 ? '' : groups],
  ];
  return new Map([...fields.filter(([, value]) => value !== ''), ...Object.entries(otherClaims)]);
};

/** Whether scopes, as a token stores them, hold this one. Most tokens lack it, so nothing is split for them. */
export const hasScope = (scopes: string, scope: string): boolean =>
  scopes.includes(scope) && scopes.split(' ').includes(scope);

/**
 * The claims of a user that scopes give, without `sub`: standard ones first. Groups and other claims come with
 * `profile`. The settings `requestedClaims` and `openidScopeClaims` change this.
 */
export const grantedClaims = ({ store }: Ports, user: UserRow, scopes: string): Readonly<Record<string, unknown>> => {
  const { requestedClaims, openidScopeClaims } = store.settings.read();
  if (requestedClaims === 'none') return {};
  const all = claimsOf(user);
  const isGranted = (name: string): boolean =>
    openidScopeClaims === 'all' || hasScope(scopes, scopeOfClaim.get(name) ?? 'profile');
  const names = [...standardClaims.filter((name) => all.has(name)), ...all.keys()];
  return Object.fromEntries(names.filter(isGranted).map((name) => [name, all.get(name)]));
};
