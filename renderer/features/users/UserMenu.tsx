import { Ellipsis } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { User } from '../../../preload/contract/users.ts';
import { useKeyfob } from '../../store/context.ts';
import { userVerbs } from '../../store/verbs/userVerbs.ts';
import { menuOf } from '../../store/verbs/verb.ts';
import type { UserDialog } from '../../store/window/askedDialog.ts';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { Menu } from '../../ui/overlays/Menu.tsx';

/** Read by the table's cells through a context, so that its columns stay the same between renders. */
export const UserActions = createContext<(dialog: UserDialog, user: User) => void>(() => undefined);

/** Opens a dialog of the screen around a row. */
export const useUserAction = () => useContext(UserActions);

/** The actions of a user. */
export const UserMenu = ({ user }: { readonly user: User }) => {
  const keyfob = useKeyfob();
  const ask = useUserAction();
  return (
    <Menu
      trigger={<IconButton icon={Ellipsis} name={`Actions for ${user.username}`} size="small" />}
      groups={menuOf(userVerbs, user, { keyfob, ask })}
    />
  );
};
