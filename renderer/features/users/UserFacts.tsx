import type { User } from '../../../preload/contract/users.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { useKeysOf } from '../../store/hooks/window/window.ts';
import { hrefOf } from '../../store/window/route.ts';
import { Button } from '../../ui/buttons/Button.tsx';
import { Badge } from '../../ui/facts/Badge.tsx';
import { countOf, formatCount } from '../../ui/facts/count.ts';
import { formatInstant } from '../../ui/facts/instant.ts';
import { DefinitionList } from '../../ui/layout/DefinitionList.tsx';
import { UserConsents } from './UserConsents.tsx';
import { UserPassword } from './UserPassword.tsx';
import { useLiveTokens } from './useLiveTokens.ts';
import styles from './users.module.css';

interface UserFactsProps {
  readonly user: User;
  readonly onSetPassword: () => void;
  readonly onEditClaims: () => void;
  /** Absent while the roles are being edited. */
  readonly onEditRoles?: () => void;
}

const Roles = ({ user, onEdit }: { readonly user: User; readonly onEdit: () => void }) => (
  <div className={styles.line}>
    <span className={styles.wrap}>
      {user.roles.length === 0 && <span className={styles.muted}>none</span>}
      {user.roles.map((role) => (
        <Badge key={role} mono>
          {role}
        </Badge>
      ))}
    </span>
    <Button
      size="small"
      aria-label={`Change the roles of ${user.username}`}
      data-shortcut="edit"
      aria-keyshortcuts={useKeysOf('edit').aria}
      onClick={onEdit}
    >
      Change…
    </Button>
  </div>
);

/** A user's claims in one line: name, e-mail, phone, groups, and the number of others. */
const claimsWords = ({ givenName, familyName, email, phone, groups, otherClaims }: User['claims']): string => {
  const others = Object.keys(otherClaims).length;
  const name = [givenName, familyName].filter((text) => text !== '').join(' ');
  const parts = [name, email, phone, groups.join(', '), others === 0 ? '' : countOf(others, 'other claim')];
  return parts.filter((text) => text !== '').join(' · ');
};

const Claims = ({ user, onEdit }: { readonly user: User; readonly onEdit: () => void }) => {
  const words = claimsWords(user.claims);
  return (
    <div className={styles.line}>
      <span className={styles.claims}>{words === '' ? <span className={styles.muted}>none</span> : words}</span>
      <Button size="small" aria-label={`Change the claims of ${user.username}`} onClick={onEdit}>
        Change…
      </Button>
    </div>
  );
};

/** The facts about a user, with links to its tokens and applications. */
export const UserFacts = ({ user, onSetPassword, onEditClaims, onEditRoles }: UserFactsProps) => {
  const { username } = user;
  const { count } = useLiveTokens(username);
  const owned = (useRead('applications.list', {}).value?.items ?? []).filter(({ owner }) => owner === username);
  return (
    <DefinitionList
      items={[
        ...(onEditRoles === undefined ? [] : [{ term: 'Roles', value: <Roles user={user} onEdit={onEditRoles} /> }]),
        { term: 'Claims', value: <Claims user={user} onEdit={onEditClaims} /> },
        { term: 'State', value: user.enabled ? 'enabled' : <Badge tone="warn">disabled: gets no tokens</Badge> },
        {
          term: 'Password',
          value: user.hasPassword ? (
            <UserPassword username={username} />
          ) : (
            <div className={styles.unset}>
              <span className={styles.muted}>
                {username} can own applications without one. Set a password to use it as a user, too.
              </span>
              <Button size="small" onClick={onSetPassword}>
                Set a password…
              </Button>
            </div>
          ),
        },
        {
          term: 'Owns',
          value:
            owned.length === 0 ? (
              <span className={styles.muted}>no application</span>
            ) : (
              <ul className={styles.links}>
                {owned.map(({ id, name }) => (
                  <li key={id}>
                    <a href={hrefOf({ screen: 'applications', application: String(id) })}>{name}</a>
                  </li>
                ))}
              </ul>
            ),
        },
        {
          term: 'Active tokens',
          value:
            count === 0 ? (
              <span className={styles.muted}>none</span>
            ) : (
              <a href={hrefOf({ screen: 'tokens', filter: { user: username } })}>{formatCount(count)}</a>
            ),
        },
        { term: 'Approved apps', value: <UserConsents username={username} /> },
        { term: 'Created', value: formatInstant(user.createdAtMs) },
      ]}
    />
  );
};
