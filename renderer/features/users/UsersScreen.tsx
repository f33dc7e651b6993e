import { Plus, UserRound } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import type { User } from '../../../preload/contract/users.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useAskedDialog } from '../../store/hooks/window/useAskedDialog.ts';
import { useEditAction, useFilterFocus, useNewAction } from '../../store/hooks/window/useCommands.ts';
import { useTableSetup } from '../../store/hooks/window/useTableSetup.ts';
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
const keyOf = ({ id }: User) => id;
const labelOf = ({ username }: User) => `user ${username}`;

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
  const { sort, onSort } = useTableSetup('users');
  const [search, setSearch] = useState('');
  const [creating, setCreating] = useState(false);
  const [asked, setAsked] = useState<Asked>();
  const [active, setActive] = useState<User>();
  const searchBox = useRef<HTMLInputElement>(null);
  const create = () => setCreating(true);
  useNewAction('New user', create);
  useFilterFocus('Find a user', () => searchBox.current?.focus());

  const act = useCallback((action: UserDialogName, user: User) => setAsked({ action, user }), []);
  useAskedDialog('user', value?.items, act);
  const all = value?.items ?? [];
  const words = search.trim().toLowerCase();
  const found = all.filter(({ username, roles }) =>
    [username, ...roles].some((text) => text.toLowerCase().includes(words)),
  );
  const atKeys = found.find(({ id }) => id === active?.id);
  useEditAction(`Change the roles of ${atKeys?.username}`, atKeys && (() => act('roles', atKeys)));
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
            label="Users"
            columns={userColumns}
            sort={sort}
            onSort={onSort}
            rows={found}
            rowKey={keyOf}
            rowLabel={labelOf}
            rowHeight={rowHeight}
            minHeight={180}
            onOpen={(user) => act('show', user)}
            onActive={setActive}
            search={search}
            onSearch={setSearch}
            searchRef={searchBox}
            searchLabel="Find a user"
            placeholder="Find by name or role"
            showAll="Show all users"
          />
        )}
        {nobodySignsIn && words === '' && (
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
