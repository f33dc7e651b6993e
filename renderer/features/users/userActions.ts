import { createContext, useContext } from 'react';
import type { User } from '../../../preload/contract/users.ts';

/** Actions on a user. Most open a dialog first. */
export type UserAction = 'show' | 'roles' | 'password' | 'disable' | 'enable' | 'delete';

/** Read by the table's cells through a context, so that its columns stay the same between renders. */
export const UserActions = createContext<(action: UserAction, user: User) => void>(() => undefined);

export const useUserAction = () => useContext(UserActions);
