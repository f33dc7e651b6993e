import { Pencil, Trash2 } from 'lucide-react';
import { createContext, useContext } from 'react';
import type { Scope } from '../../../preload/contract/scopes.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { IconButton } from '../../ui/buttons/IconButton.tsx';
import { Badge } from '../../ui/facts/Badge.tsx';
import type { Column } from '../../ui/tables/tableColumns.ts';
import { grantsOf } from './grants.ts';
import styles from './scopes.module.css';

export type ScopeAction = 'edit' | 'delete';

/** Actions for the table's cells, in a context so that its columns stay the same between renders. */
export const ScopeActions = createContext<(action: ScopeAction, scope: Scope) => void>(() => undefined);

const badgesShown = 3;
const namesShown = 2;

/** Some names as badges. None: any. */
const Names = ({ names }: { readonly names: readonly string[] }) => {
  if (names.length === 0) return <span className={styles.muted}>any</span>;
  return (
    <span className={styles.badges} title={names.join(', ')}>
      {names.slice(0, badgesShown).map((name) => (
        <Badge key={name} mono>
          {name}
        </Badge>
      ))}
      {names.length > badgesShown && <span className={styles.muted}>+{names.length - badgesShown}</span>}
    </span>
  );
};

const GrantedUsers = ({ roles }: { readonly roles: readonly string[] }) => {
  const users = useRead('users.list', {}).value?.items ?? [];
  const { everyone, granted } = grantsOf(roles, users);
  if (everyone) return 'everyone';
  if (granted.length === 0) return <span className={styles.muted}>nobody</span>;
  const more = granted.length - namesShown;
  return (
    <span title={granted.join(', ')}>
      {granted.slice(0, namesShown).join(', ')}
      {more > 0 && <span className={styles.muted}> +{more}</span>}
    </span>
  );
};

const Actions = ({ scope }: { readonly scope: Scope }) => {
  const act = useContext(ScopeActions);
  const { name } = scope;
  return (
    <>
      <IconButton icon={Pencil} name={`Edit ${name}`} hint="Edit" size="small" onClick={() => act('edit', scope)} />
      <IconButton
        icon={Trash2}
        name={`Delete ${name}`}
        hint="Delete"
        size="small"
        look="danger"
        onClick={() => act('delete', scope)}
      />
    </>
  );
};

export const scopeColumns: readonly Column<Scope>[] = [
  {
    key: 'name',
    header: 'Scope',
    width: 'minmax(160px, 1.6fr)',
    sortBy: ({ name }) => name,
    cell: ({ name, description }) => (
      <div className={styles.twoLines}>
        <code className={styles.name} title={name}>
          {name}
        </code>
        {description !== '' && (
          <span className={styles.note} title={description}>
            {description}
          </span>
        )}
      </div>
    ),
  },
  {
    key: 'roles',
    header: 'Roles',
    width: 'minmax(90px, 1fr)',
    sortBy: ({ roles }) => roles.join(' '),
    cell: ({ roles }) => <Names names={roles} />,
  },
  {
    key: 'apis',
    header: 'APIs',
    width: 'minmax(90px, 0.9fr)',
    sortBy: ({ apis }) => apis.join(' '),
    cell: ({ apis }) => <Names names={apis} />,
  },
  {
    key: 'granted',
    header: 'Granted to',
    width: 'minmax(90px, 0.8fr)',
    cell: ({ roles }) => <GrantedUsers roles={roles} />,
  },
  {
    key: 'actions',
    header: 'Actions',
    headerHidden: true,
    width: '76px',
    align: 'end',
    cell: (scope) => <Actions scope={scope} />,
  },
];
