import { createContext, useContext } from 'react';
import type { User } from '../../../preload/contract/users.ts';

/** What can be done with a user; most of it asks in a dialog first. */
export type UserAction = 'show' | 'roles' | 'password' | 'disable' | 'enable' | 'delete';

/** The table's cells act through this, so that its columns stay the same between renders. */
export const UserActions = createContext<(action: UserAction, user: User) => void>(() => undefined);

export const useUserAction = () => useContext(UserActions);
