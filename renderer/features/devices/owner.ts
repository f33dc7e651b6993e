import type { Application } from '../../../preload/contract/applications.ts';
import type { Token } from '../../../preload/contract/tokens.ts';
import type { User } from '../../../preload/contract/users.ts';

/** The application to begin with: the one that was picked, the one minted for last, or the first that has keys. */
export const applicationToBegin = (
  applications: readonly Application[],
  picked: string | undefined,
  lastMinted: Token | undefined,
): Application | undefined =>
  applications.find(({ name }) => name === picked) ??
  applications.find(({ id }) => String(id) === picked) ??
  applications.find(({ name }) => name === lastMinted?.application) ??
  applications.find(({ keyTypes }) => keyTypes.length > 0) ??
  applications[0];

/**
 * The user to begin with: the one that was picked, the one minted for last with this application, or the first who can
 * log in. `null`: application tokens; `undefined`: nobody can log in yet.
 */
export const userToBegin = (
  users: readonly User[],
  picked: string | null | undefined,
  lastHere: Token | undefined,
): string | null | undefined => {
  if (picked === null) return null;
  const enabled = users.filter((user) => user.enabled);
  const found = (name: string | undefined) => enabled.find(({ username }) => username === name)?.username;
  if (found(picked) !== undefined) return found(picked);
  if (lastHere?.userType === 'APPLICATION') return null;
  return found(lastHere?.user) ?? enabled.find(({ hasPassword }) => hasPassword)?.username;
};
