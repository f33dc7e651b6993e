import type { Application } from '../../../preload/contract/applications.ts';
import type { KeySet } from '../../../preload/contract/keys.ts';
import type { User } from '../../../preload/contract/users.ts';
import type { KeyType } from '../../../preload/contract/values.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useWindowContext } from '../../store/hooks/window/useWindowContext.ts';

/** The commands' subject: the viewed row or page, otherwise the context. */
export interface Target {
  readonly application: Application;
  readonly keyType: KeyType;
  /** Absent without keys of this key type. */
  readonly keySet: KeySet | undefined;
  /** Absent for application tokens. */
  readonly username: string | undefined;
  /** Absent for application tokens, and when a token's user was deleted. */
  readonly user: User | undefined;
  readonly device: string | undefined;
  readonly scope: string;
  /** The viewed token. */
  readonly tokenId: number | undefined;
  /** Whether the target is a viewed row and not the context. */
  readonly isLook: boolean;
  chooseScope(scope: string): void;
}

/** `undefined`: still loading. `missing`: the reason for its absence. */
export function useTarget(): Target | { readonly missing: string } | undefined {
  const context = useWindowContext();
  const { lookedAt, look } = useKeyfobState((state) => state.windowContext);
  const { scopes, chooseScope } = useKeyfobState((state) => state.snippets);
  const keySets = useRead('keys.list', {}).value?.items;
  if (context === undefined || keySets === undefined) return undefined;

  const { applications, users, user } = context;
  const keySetOf = (application: Application, keyType: KeyType) =>
    keySets.find((keySet) => keySet.applicationId === application.id && keySet.keyType === keyType);
  const application = applications.find(({ name }) => name === lookedAt?.application);
  if (lookedAt !== undefined && application !== undefined) {
    const { keyType, username, device, scope, tokenId } = lookedAt;
    return {
      ...{ application, keyType, username, device, scope, tokenId, isLook: true },
      keySet: keySetOf(application, keyType),
      user: users.find((one) => one.username.toLowerCase() === username?.toLowerCase()),
      chooseScope: (next) => look({ ...lookedAt, scope: next, tokenId: undefined }),
    };
  }
  const { application: mine, goneApplication, goneUser, keyType, device } = context;
  if (applications.length === 0) return { missing: 'Create an application to see its calls here.' };
  if (goneApplication !== undefined) return { missing: `${goneApplication} was deleted. Choose an application above.` };
  if (goneUser !== undefined) return { missing: `${goneUser} was deleted. Choose a user above.` };
  if (mine === undefined) return undefined;
  return {
    ...{ application: mine, keyType, device, tokenId: undefined, isLook: false },
    keySet: keySetOf(mine, keyType),
    username: user?.username,
    user: user ?? undefined,
    scope: scopes[mine.id] ?? '',
    chooseScope: (next) => chooseScope(mine.id, next),
  };
}

/** Gives the owner of a target's tokens, in the form that contract methods take. */
export const ownerOf = ({ application, keyType, username }: Target) => ({
  application: application.name,
  keyType,
  ...(username !== undefined && { username }),
});
