import { Ban, CircleCheck, Ellipsis, IdCard, KeyRound, Pencil, Ticket, Trash2 } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { User } from '../../../preload/contract/users.ts';
import { useGo } from '../../store/hooks/window/window.ts';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';

/** Actions on a user. Most open a dialog first. */
export type UserAction = 'show' | 'roles' | 'claims' | 'password' | 'disable' | 'enable' | 'delete';

/** Read by the table's cells through a context, so that its columns stay the same between renders. */
export const UserActions = createContext<(action: UserAction, user: User) => void>(() => undefined);

/** Gives the action of the screen around a row. */
export const useUserAction = () => useContext(UserActions);

/** The actions of a user. */
export const UserMenu = ({ user }: { readonly user: User }) => {
  const act = useUserAction();
  const go = useGo();
  const { username } = user;
  return (
    <Menu
      trigger={<IconButton icon={Ellipsis} name={`Actions for ${username}`} size="small" />}
      groups={[
        [
          { label: 'Roles…', icon: Pencil, onSelect: () => act('roles', user) },
          { label: 'Claims…', icon: IdCard, onSelect: () => act('claims', user) },
          {
            label: user.hasPassword ? 'New password…' : 'Set a password…',
            icon: KeyRound,
            onSelect: () => act('password', user),
          },
          {
            label: 'Show the tokens',
            icon: Ticket,
            onSelect: () => go({ screen: 'tokens', filter: { user: username } }),
          },
        ],
        [
          user.enabled
            ? { label: 'Disable…', icon: Ban, onSelect: () => act('disable', user) }
            : { label: 'Enable', icon: CircleCheck, onSelect: () => act('enable', user) },
          { label: 'Delete…', icon: Trash2, danger: true, onSelect: () => act('delete', user) },
        ],
      ]}
    />
  );
};
