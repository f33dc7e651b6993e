import { useMemo } from 'react';
import type { Application } from '../../../../preload/contract/applications.ts';
import type { User } from '../../../../preload/contract/users.ts';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { useKeyfobState } from '../../context.ts';
import { useRead } from '../calls/useRead.ts';

/** The context of the window, with its rows. */
export interface WindowContext {
  readonly applications: readonly Application[];
  readonly users: readonly User[];
  /** Absent until a person chooses one, and after it was deleted. */
  readonly application: Application | undefined;
  /** The name of the chosen application, if it was deleted. */
  readonly goneApplication: string | undefined;
  readonly keyType: KeyType;
  /** `null`: no user, for application tokens. `undefined`: not chosen yet, or deleted. */
  readonly user: User | null | undefined;
  /** The name of the chosen user, if it was deleted. */
  readonly goneUser: string | undefined;
  readonly device: string | undefined;
}

/** The context of the window; `undefined` until applications and users are read. Follows renames, deletions and undo. */
export function useWindowContext(): WindowContext | undefined {
  const { applicationId, keyType, userId, device } = useKeyfobState((state) => state.windowContext.chosen);
  const names = useKeyfobState((state) => state.windowContext.names);
  const applications = useRead('applications.list', {}).value?.items;
  const users = useRead('users.list', {}).value?.items;
  return useMemo(() => {
    if (applications === undefined || users === undefined) return undefined;
    const application = applications.find(({ id }) => id === applicationId);
    const user = userId === null ? null : users.find(({ id }) => id === userId);
    return {
      ...{ applications, users, application, keyType, user, device },
      goneApplication:
        applicationId === undefined || application ? undefined : (names.application ?? 'The application'),
      goneUser: userId === undefined || user !== undefined ? undefined : (names.user ?? 'The user'),
    };
  }, [applications, users, applicationId, keyType, userId, device, names]);
}
