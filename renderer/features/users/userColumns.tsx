import { Ban } from 'lucide-react';
import type { User } from '../../../preload/contract/users.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Badge } from '../../ui/facts/Badge.tsx';
import { countOf, formatCount } from '../../ui/facts/count.ts';
import type { Column } from '../../ui/tables/tableColumns.ts';
import { UserMenu, useUserAction } from './UserMenu.tsx';
import { UserPassword } from './UserPassword.tsx';
import styles from './users.module.css';

const rolesShown = 2;

const ownsWords = (owned: number): string => (owned === 1 ? 'owns 1 application' : `owns ${owned} applications`);

const Name = ({ user }: { readonly user: User }) => {
  const owns = user.ownsApplications > 0 && ownsWords(user.ownsApplications);
  const notes = [!user.hasPassword && 'no password', owns].filter(Boolean).join(' · ');
  return (
    <div className={styles.twoLines}>
      <span className={styles.name}>
        <strong>{user.username}</strong>
        {!user.enabled && (
          <Badge tone="warn" icon={Ban}>
            disabled
          </Badge>
        )}
      </span>
      {notes !== '' && (
        <span className={styles.note} title={notes}>
          {notes}
        </span>
      )}
    </div>
  );
};

const Roles = ({ roles }: { readonly roles: readonly string[] }) => {
  if (roles.length === 0) return <span className={styles.muted}>none</span>;
  return (
    <span className={styles.badges} title={roles.join(', ')}>
      {roles.slice(0, rolesShown).map((role) => (
        <Badge key={role} mono>
          {role}
        </Badge>
      ))}
      {roles.length > rolesShown && <span className={styles.muted}>+{roles.length - rolesShown}</span>}
    </span>
  );
};

const Password = ({ user }: { readonly user: User }) => {
  const act = useUserAction();
  if (user.hasPassword) return <UserPassword username={user.username} />;
  return (
    <Button
      size="small"
      look="ghost"
      className={styles.flush}
      aria-label={`Set a password for ${user.username}`}
      onClick={() => act('password', user)}
    >
      Set a password…
    </Button>
  );
};

const LiveTokens = ({ username }: { readonly username: string }) => {
  const { value } = useRead('tokens.count', { user: username, validity: 'valid' });
  if (value === undefined || value.total === 0) return <span className={styles.muted}>{value?.total ?? ''}</span>;
  return (
    <a
      href={hrefOf({ screen: 'tokens', filter: { user: username } })}
      aria-label={`${countOf(value.total, 'active token')} of ${username}`}
    >
      {formatCount(value.total)}
    </a>
  );
};

export const userColumns: readonly Column<User>[] = [
  {
    key: 'name',
    header: 'User',
    width: 'minmax(130px, 1.6fr)',
    sortBy: ({ username }) => username,
    cell: (user) => <Name user={user} />,
  },
  {
    key: 'roles',
    header: 'Roles',
    width: 'minmax(96px, 1.2fr)',
    sortBy: ({ roles }) => roles.join(' '),
    cell: ({ roles }) => <Roles roles={roles} />,
  },
  { key: 'password', header: 'Password', width: '172px', cell: (user) => <Password user={user} /> },
  {
    key: 'tokens',
    header: 'Active tokens',
    width: '86px',
    align: 'end',
    cell: ({ username }) => <LiveTokens username={username} />,
  },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '44px',
    align: 'end',
    cell: (user) => <UserMenu user={user} />,
  },
];
