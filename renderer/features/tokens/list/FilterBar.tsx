import { X } from 'lucide-react';
import { memo } from 'react';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { classes } from '../../../ui/classes.ts';
import { tokenState } from '../../../ui/facts/tokenState.ts';
import { countMembers, type FilterName } from '../filter.ts';
import type { TokenFilterChoice } from '../useTokenFilter.ts';
import styles from './FilterBar.module.css';
import { TokenSearch } from './TokenSearch.tsx';

const any = '';

const stateWord = (...of: Parameters<typeof tokenState>): string => tokenState(...of).word;

const selects: readonly {
  readonly name: FilterName;
  readonly label: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly description?: string }[];
}[] = [
  {
    name: 'state',
    label: 'State',
    options: [
      { value: any, label: 'Any state' },
      {
        value: 'ACTIVE',
        label: stateWord('ACTIVE'),
        description: 'Row state ACTIVE. An expired token stays so until the next request for it.',
      },
      { value: 'INACTIVE', label: stateWord('INACTIVE'), description: 'Replaced by another token' },
      { value: 'EXPIRED', label: stateWord('EXPIRED'), description: 'Row state EXPIRED: requested after its expiry' },
      { value: 'REVOKED', label: stateWord('REVOKED') },
    ],
  },
  {
    name: 'validity',
    label: 'Validity',
    options: [
      { value: any, label: 'Any validity' },
      { value: 'valid', label: 'Valid now' },
      { value: 'expiring', label: 'Expiring soon', description: 'Within 10 minutes' },
      { value: 'never', label: 'Never expires' },
      {
        value: 'overdue',
        label: stateWord('ACTIVE', true),
        description: 'Row state still ACTIVE: not requested since its expiry',
      },
    ],
  },
  {
    name: 'keyType',
    label: 'Key type',
    options: [
      { value: any, label: 'Any key type' },
      { value: 'PRODUCTION', label: 'Production' },
      { value: 'SANDBOX', label: 'Sandbox' },
    ],
  },
];

/** User type and device are two members of a filter, but one question for people. */
const kinds = [
  { value: any, label: 'Any kind' },
  { value: 'APPLICATION', label: 'Application tokens' },
  { value: 'APPLICATION_USER', label: 'User tokens' },
  { value: 'true', label: 'Device tokens', description: 'For exactly one device' },
] as const;

/** Scopes that Keyfob grants without a definition. */
const ownScopes = ['am_application_scope', 'default', 'openid'];

function useChoices() {
  const options = (values: readonly string[] | undefined, all: string, chosen: string | undefined) => [
    { value: any, label: all },
    ...[...new Set([...(chosen === undefined ? [] : [chosen]), ...(values ?? [])])].map((value) => ({
      value,
      label: value,
    })),
  ];
  const applications = useRead('applications.list', {}).value?.items.map(({ name }) => name);
  const users = useRead('users.list', {}).value?.items.map(({ username }) => username);
  const scopes = useRead('scopes.list', {}).value?.items.map(({ name }) => name);
  return { options, applications, users, scopes: scopes && [...scopes, ...ownScopes] };
}

interface FilterBarProps {
  readonly choice: TokenFilterChoice;
  readonly onDown: () => void;
}

const Bar = ({ choice: { filter, query, choose, search, clear }, onDown }: FilterBarProps) => {
  const { options, applications, users, scopes } = useChoices();
  const count = countMembers(filter);
  const kind = query.deviceTokens === 'true' ? 'true' : (query.userType ?? any);
  const pick = (name: FilterName) => (value: string) => choose({ [name]: value });
  const look = (name: FilterName) => classes(styles.control, query[name] !== undefined && styles.chosen);
  return (
    <search className={styles.root} aria-label="Filter the tokens">
      <TokenSearch text={filter.text ?? ''} onSearch={search} onDown={onDown} />
      <div className={styles.controls}>
        {selects.map(({ name, label, options: choices }) => (
          <Select
            key={name}
            size="small"
            aria-label={label}
            className={look(name)}
            options={choices}
            value={query[name] ?? any}
            onChange={pick(name)}
          />
        ))}
        <Select
          size="small"
          aria-label="Kind"
          className={classes(styles.control, kind !== any && styles.chosen)}
          options={kinds}
          value={kinds.find(({ value }) => value === kind)?.value ?? any}
          onChange={(value) =>
            choose({
              userType: value === 'true' ? undefined : value,
              deviceTokens: value === 'true' ? value : undefined,
            })
          }
        />
        <Combobox
          aria-label="Application"
          noun="application"
          className={look('application')}
          options={options(applications, 'Any application', query.application)}
          value={query.application ?? any}
          onChange={pick('application')}
        />
        <Combobox
          aria-label="User"
          noun="user"
          className={look('user')}
          options={options(users, 'Any user', query.user)}
          value={query.user ?? any}
          onChange={pick('user')}
        />
        <Combobox
          aria-label="Scope"
          noun="scope"
          className={look('scope')}
          options={options(scopes, 'Any scope', query.scope)}
          value={query.scope ?? any}
          onChange={pick('scope')}
          onCreate={pick('scope')}
          createLabel={(text) => `The scope “${text}”`}
        />
        {(['device', 'grantType'] as const).map(
          (name) =>
            query[name] !== undefined && (
              <Button
                key={name}
                size="small"
                icon={X}
                className={styles.chosen}
                onClick={() => choose({ [name]: undefined })}
              >
                {name === 'device' ? 'Device' : 'Grant'}: {query[name]}
              </Button>
            ),
        )}
        {count > 0 && (
          <Button size="small" look="ghost" onClick={clear}>
            Clear {count === 1 ? 'the filter' : `all ${count} filters`}
          </Button>
        )}
      </div>
    </search>
  );
};

/**
 * Narrows the list by text, and by one control per property. Memoised: answers arrive in parts, and only a change of
 * its own redraws it.
 */
export const FilterBar = memo(Bar);
