import type { User } from '../../../preload/contract/users.ts';

/** Who is given a scope with these roles, who is not, and why. Scopes without roles are given to everybody. */
export interface Giving {
  readonly everybody: boolean;
  readonly given: readonly string[];
  readonly withheld: readonly { readonly username: string; readonly why: 'role missing' | 'no roles' }[];
}

/** The rule by which the token engine gives scopes: one of the roles is enough. */
export function givingOf(roles: readonly string[], users: readonly User[]): Giving {
  const everybody = roles.length === 0;
  const holds = (user: User) => everybody || user.roles.some((role) => roles.includes(role));
  return {
    everybody,
    given: users.filter(holds).map(({ username }) => username),
    withheld: users
      .filter((user) => !holds(user))
      .map(({ username, roles: held }) => ({ username, why: held.length === 0 ? 'no roles' : 'role missing' })),
  };
}
