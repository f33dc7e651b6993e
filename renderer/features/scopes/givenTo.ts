import type { User } from '../../../preload/contract/users.ts';

/**
 * The users who get a scope with these roles, those who do not, and why. A scope without roles is granted to everyone.
 */
export interface Giving {
  readonly everybody: boolean;
  readonly given: readonly string[];
  readonly withheld: readonly { readonly username: string; readonly why: 'role missing' | 'no roles' }[];
}

/** The engine's rule: any one of the roles is enough. */
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
