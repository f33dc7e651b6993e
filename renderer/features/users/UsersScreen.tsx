import { Plus, UserRound } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { User } from '../../../preload/contract/users.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useAskedDialog } from '../../store/hooks/window/useAskedDialog.ts';
import { useEditAction, useFilterFocus, useNewAction } from '../../store/hooks/window/useCommands.ts';
import { useSearchedTable } from '../../store/hooks/window/useSearchedTable.ts';
import type { UserDialog as UserDialogName } from '../../store/window/askedDialog.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { EmptyState } from '../../ui/feedback/EmptyState.tsx';
import { ErrorNote } from '../../ui/feedback/ErrorNote.tsx';
import { Skeleton } from '../../ui/feedback/Skeleton.tsx';
import { PageHeader } from '../../ui/layout/PageHeader.tsx';
import { SearchedTable } from '../../ui/tables/SearchedTable.tsx';
import { ClaimsDialog } from './ClaimsDialog.tsx';
import { NewUserDialog } from './NewUserDialog.tsx';
import { ReassignDialog } from './ReassignDialog.tsx';
import { DeleteUserDialog, DisableUserDialog } from './RetireUserDialogs.tsx';
import { SetPasswordDialog } from './SetPasswordDialog.tsx';
import { UserDialog } from './UserDialog.tsx';
import { UserActions } from './UserMenu.tsx';
import { userColumns } from './userColumns.tsx';
import styles from './users.module.css';

const rowHeight = 52;
const labelOf = ({ username }: User) => `user ${username}`;

const matching = (search: string) => {
  const words = search.trim().toLowerCase();
  return ({ username, roles }: User): boolean =>
    [username, ...roles].some((text) => text.toLowerCase().includes(words));
};

interface Asked {
  readonly action: UserDialogName;
  readonly user: User;
}

/** The dialog of an action. It is mounted while it is open. */
const UserActionDialog = ({ asked, onClose }: { readonly asked: Asked; readonly onClose: () => void }) => {
  const { action, user } = asked;
  const close = { user, onClose };
  if (action === 'show' || action === 'roles') return <UserDialog {...close} editsRoles={action === 'roles'} />;
  if (action === 'claims') return <ClaimsDialog {...close} />;
  if (action === 'password') return <SetPasswordDialog {...close} />;
  if (action === 'disable') return <DisableUserDialog {...close} />;
  return user.ownsApplications > 0 ? <ReassignDialog {...close} /> : <DeleteUserDialog {...close} />;
};

/** The users, their roles, and their actions. */
export const UsersScreen = () => {
  const { value, error } = useRead('users.list', {});
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const create = () => setCreating(true);
  useNewAction('New user', create);
  const act = useCallback((action: UserDialogName, user: User) => setAsked({ action, user }), []);
  useAskedDialog('user', value?.items, act);
  const all = value?.items ?? [];
  const { table, active } = useSearchedTable('users', all, matching);
  useFilterFocus('Find a user', () => table.searchRef.current?.focus());
  useEditAction(`Change the roles of ${active?.username}`, active && (() => act('roles', active)));
  const nobodySignsIn = value !== undefined && !all.some(({ hasPassword }) => hasPassword);
  // The dialog shows the current user, even after changes made elsewhere.
  const current = asked && { ...asked, user: all.find(({ id }) => id === asked.user.id) ?? asked.user };

  return (
    <UserActions value={act}>
      <div className={styles.page}>
        <PageHeader
          title="Users"
          description="Accounts that can get user tokens. Their roles decide which scopes they get."
          actions={
            <Button look={nobodySignsIn ? 'secondary' : 'primary'} icon={Plus} onClick={create}>
              New user
            </Button>
          }
        />
        {error !== undefined && <ErrorNote title={error.message} />}
        {value === undefined && error === undefined && <Skeleton label="Loading the users" />}
        {all.length > 0 && (
          <SearchedTable
            {...table}
            label="Users"
            columns={userColumns}
            rowLabel={labelOf}
            rowHeight={rowHeight}
            minHeight={180}
            onOpen={(user) => act('show', user)}
            searchLabel="Find a user"
            placeholder="Find by name or role"
            showAll="Show all users"
          />
        )}
        {nobodySignsIn && table.search.trim() === '' && (
          <EmptyState
            icon={UserRound}
            title="No users yet"
            action={
              <Button look="primary" icon={Plus} onClick={create}>
                New user
              </Button>
            }
          >
            Create a user with a password to get user tokens, and a token per device. Application tokens need none.
          </EmptyState>
        )}
      </div>
      {creating && <NewUserDialog onClose={() => setCreating(false)} />}
      {current !== undefined && <UserActionDialog asked={current} onClose={() => setAsked(undefined)} />}
    </UserActions>
  );
};
