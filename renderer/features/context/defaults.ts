import type { Application } from '../../../preload/contract/applications.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { User } from '../../../preload/contract/users.ts';

/** The application to begin with: the one minted for last, or the first that has keys, or the first. */
export const applicationToBegin = (
  applications: readonly Application[],
  lastMinted: Token | undefined,
): Application | undefined =>
  applications.find(({ name }) => name === lastMinted?.application) ??
  applications.find(({ keyTypes }) => keyTypes.length > 0) ??
  applications[0];

/**
 * The id of the user to begin with: the one minted for last with this application, or the first who can log in. `null`:
 * application tokens; `undefined`: nobody can log in yet.
 */
export const userToBegin = (users: readonly User[], lastHere: Token | undefined): number | null | undefined => {
  if (lastHere?.userType === 'APPLICATION') return null;
  const enabled = users.filter((user) => user.enabled);
  const found = enabled.find(({ username }) => username === lastHere?.user) ?? enabled.find((user) => user.hasPassword);
  return found?.id;
};
