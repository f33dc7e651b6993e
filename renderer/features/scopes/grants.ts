import type { User } from '../../../preload/contract/users.ts';

/**
 * The users who get a scope with these roles, those who do not, and why. A scope without roles is granted to everyone.
 */
export interface Grants {
  readonly everyone: boolean;
  readonly granted: readonly string[];
  readonly withheld: readonly { readonly username: string; readonly why: 'role missing' | 'no roles' }[];
}

/** The engine's rule: any one of the roles is enough. */
export function grantsOf(roles: readonly string[], users: readonly User[]): Grants {
  const everyone = roles.length === 0;
  const holds = (user: User) => everyone || user.roles.some((role) => roles.includes(role));
  return {
    everyone,
    granted: users.filter(holds).map(({ username }) => username),
    withheld: users
      .filter((user) => !holds(user))
      .map(({ username, roles: held }) => ({ username, why: held.length === 0 ? 'no roles' : 'role missing' })),
  };
}
