import { CircleCheck, CircleMinus } from 'lucide-react';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { formatCount } from '../../ui/facts/count.ts';
import { grantsOf } from './grants.ts';
import styles from './scopes.module.css';

const shown = 12;
const listed = (words: readonly string[]): string =>
  words.length > shown
    ? `${words.slice(0, shown).join(', ')} and ${formatCount(words.length - shown)} more`
    : words.join(', ');

/** The users who would get a scope with the roles in the form. */
export const GrantedTo = ({ roles }: { readonly roles: readonly string[] }) => {
  const users = useRead('users.list', {}).value?.items ?? [];
  const { everyone, granted, withheld } = grantsOf(roles, users);
  const groups = (['role missing', 'no roles'] as const).map((why) => ({
    why,
    names: withheld.filter((one) => one.why === why).map(({ username }) => username),
  }));
  return (
    <div className={styles.grants} role="status" aria-label="Granted to">
      <p data-tone={granted.length > 0 ? 'good' : 'warn'}>
        <CircleCheck aria-hidden size={15} />
        <span>
          <strong>Granted to:</strong>{' '}
          {everyone ? 'everyone who requests it' : granted.length === 0 ? 'no users yet' : listed(granted)}
        </span>
      </p>
      {groups
        .filter(({ names }) => names.length > 0)
        .map(({ why, names }) => (
          <p key={why} data-tone="neutral">
            <CircleMinus aria-hidden size={15} />
            <span>
              <strong>Not granted to:</strong> {listed(names)} — {why}
            </span>
          </p>
        ))}
      <p className={styles.small}>
        Application tokens get it by the roles of the application's owner. Existing tokens don't change.
      </p>
    </div>
  );
};
