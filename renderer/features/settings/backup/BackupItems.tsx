import type { BackupItem } from '../../../../preload/contract/backup.ts';
import { settingTexts } from '../../../../preload/contract/settings/settingTexts.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { formatCount } from '../../../ui/facts/count.ts';
import { ItemTable } from '../../../ui/tables/ItemTable.tsx';
import styles from '../../../ui/tables/items.module.css';

export type Side = 'mine' | 'theirs';

interface BackupItemsProps {
  readonly items: readonly BackupItem[];
  /** Choices for conflicts. */
  readonly sides: Readonly<Record<string, Side>>;
  readonly onChange: (sides: Readonly<Record<string, Side>>) => void;
  readonly disabled: boolean;
}

const options = [
  { value: 'mine', label: 'Keep mine' },
  { value: 'theirs', label: 'Take theirs' },
] as const;

/** Kinds in display order. Settings come last, as they change how this Keyfob works. */
const kinds = {
  application: 'Applications',
  user: 'Users',
  api: 'APIs',
  scope: 'Scopes',
  tier: 'Tiers',
  setting: 'Settings',
} as const;

/** Above this number, new names are collapsed. */
const namesShown = 12;

const titleOf = (item: string): string => {
  const [kind = '', ...rest] = item.split(':');
  const name = rest.join(':');
  const setting = kind === 'setting' ? Object.entries(settingTexts).find(([key]) => key === name) : undefined;
  return setting?.[1].title ?? name;
};

const totals = (items: readonly BackupItem[]): string =>
  (['new', 'conflict', 'equal'] as const)
    .map(
      (state) => [items.filter((item) => item.state === state).length, state === 'equal' ? 'the same' : state] as const,
    )
    .filter(([count]) => count > 0)
    .map(([count, words]) => `${formatCount(count)} ${words}`)
    .join(', ');

interface GroupProps extends BackupItemsProps {
  readonly title: string;
}

/** One kind of items: new names in one line, the rest as rows, with a choice for conflicts. */
const Group = ({ title, items, sides, onChange, disabled }: GroupProps) => {
  const plain = items.filter(({ state, why }) => state === 'new' && why === '');
  const rows = items.filter(({ state, why }) => state === 'conflict' || (state === 'new' && why !== ''));
  if (plain.length + rows.length === 0) return null;
  const choiceOf = (item: string) => (
    <Select
      size="small"
      aria-label={`Choice for ${titleOf(item)}`}
      options={options}
      value={sides[item]}
      onChange={(side) => onChange({ ...sides, [item]: side })}
      disabled={disabled}
    />
  );
  return (
    <section aria-label={title}>
      <h3 className={styles.title}>
        {title} <span className={styles.totals}>{totals(items)}</span>
      </h3>
      {plain.length > 0 && (
        <details open={plain.length <= namesShown}>
          <summary>{formatCount(plain.length)} new</summary>
          <ul className={styles.names}>
            {plain.map(({ item }) => (
              <li key={item}>{titleOf(item)}</li>
            ))}
          </ul>
        </details>
      )}
      {rows.length > 0 && (
        <ItemTable
          headings={['Name', 'State', 'Change', 'Choice']}
          items={rows.map(({ item, state, why }) => ({
            ...{ id: item, name: titleOf(item), state, tone: state === 'new' ? 'good' : 'warn', text: why },
            choice: state === 'conflict' && choiceOf(item),
          }))}
        />
      )}
    </section>
  );
};

/**
 * The changes in a backup, by kind: new items, conflicts with a choice each and for all, and the number of equal ones.
 */
export const BackupItems = (props: BackupItemsProps) => {
  const { items, onChange, disabled } = props;
  const conflicts = items.filter(({ state }) => state === 'conflict');
  const all = (side: Side) => onChange(Object.fromEntries(conflicts.map(({ item }) => [item, side])));
  if (items.every(({ state }) => state === 'equal')) return <p>Everything in this backup is already here.</p>;
  return (
    <>
      <p className={styles.totals}>{totals(items)}</p>
      {conflicts.length > 0 && (
        <div className={styles.all}>
          <span>{conflicts.length === 1 ? '1 conflict.' : `${formatCount(conflicts.length)} conflicts.`} For all:</span>
          <Button size="small" disabled={disabled} onClick={() => all('mine')}>
            Keep mine
          </Button>
          <Button size="small" disabled={disabled} onClick={() => all('theirs')}>
            Take theirs
          </Button>
        </div>
      )}
      {Object.entries(kinds).map(([kind, title]) => (
        <Group key={kind} {...props} title={title} items={items.filter(({ item }) => item.startsWith(`${kind}:`))} />
      ))}
    </>
  );
};
