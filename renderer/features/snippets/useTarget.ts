import type { Application } from '../../../preload/contract/applications.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { User } from '../../../preload/contract/users.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/reads.ts';

/** What the commands are about: the selection, as far as it still exists. */
export interface Target {
  readonly application: Application;
  readonly keyType: KeyType;
  /** Absent while there are none for this key type. */
  readonly keySet: KeySet | undefined;
  /** Absent for application tokens. */
  readonly user: User | undefined;
  readonly device: string | undefined;
  readonly scope: string;
  /** A token that was picked itself, and not only its owner. */
  readonly tokenId: number | undefined;
}

/** `undefined`: it is being read. `none`: nobody picked an application. */
export function useTarget(): Target | 'none' | undefined {
  const selected = useKeyfobState((state) => state.selection.selected);
  const applications = useRead('applications.list', {}).value?.items;
  const keySets = useRead('keys.list', {}).value?.items;
  const users = useRead('users.list', {}).value?.items;
  if (applications === undefined || keySets === undefined || users === undefined) return undefined;

  const { keyType, device, scope = '', tokenId } = selected;
  // As in the contract, a name wins over a number. With one application there is nothing to pick.
  const application =
    selected.application === undefined
      ? applications.length === 1
        ? applications[0]
        : undefined
      : (applications.find(({ name }) => name === selected.application) ??
        applications.find(({ id }) => String(id) === selected.application));
  if (application === undefined) return 'none';
  const username = selected.username?.toLowerCase();
  return {
    application,
    keyType,
    keySet: keySets.find((keySet) => keySet.applicationId === application.id && keySet.keyType === keyType),
    user: users.find((user) => user.username.toLowerCase() === username),
    device,
    scope,
    tokenId,
  };
}

/** The owner of a target's tokens, as contract methods take it. */
export const ownerOf = ({ application, keyType, user }: Target) => ({
  application: application.name,
  keyType,
  ...(user !== undefined && { username: user.username }),
});
