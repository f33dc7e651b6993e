import type { Application } from '../../../preload/contract/applications.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { User } from '../../../preload/contract/users.ts';

/** Gives the initial application: the last one minted for, else the first with keys, else the first. */
export const applicationToBegin = (
  applications: readonly Application[],
  lastMinted: Token | undefined,
): Application | undefined =>
  applications.find(({ name }) => name === lastMinted?.application) ??
  applications.find(({ keyTypes }) => keyTypes.length > 0) ??
  applications[0];

/**
 * Gives the id of the initial user: the last one minted for with this application, else the first who can log in.
 * `null`: application tokens. `undefined`: no user can log in.
 */
export const userToBegin = (users: readonly User[], lastHere: Token | undefined): number | null | undefined => {
  if (lastHere?.userType === 'APPLICATION') return null;
  const enabled = users.filter((user) => user.enabled);
  const found = enabled.find(({ username }) => username === lastHere?.user) ?? enabled.find((user) => user.hasPassword);
  return found?.id;
};
