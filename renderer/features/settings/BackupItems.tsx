import type { BackupItem } from '../../../preload/contract/backup.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './BackupItems.module.css';

export type Side = 'mine' | 'theirs';

interface BackupItemsProps {
  readonly items: readonly BackupItem[];
  /** What was chosen for items in conflict. */
  readonly sides: Readonly<Record<string, Side>>;
  readonly onChange: (sides: Readonly<Record<string, Side>>) => void;
  readonly disabled: boolean;
}

const options = [
  { value: 'mine', label: 'Keep mine' },
  { value: 'theirs', label: 'Take theirs' },
] as const;

/** What a backup brings: new, or in conflict with a choice for each and for all. What is equal is only counted. */
export const BackupItems = ({ items, sides, onChange, disabled }: BackupItemsProps) => {
  const shown = items.filter(({ state }) => state !== 'equal');
  const conflicts = items.filter(({ state }) => state === 'conflict');
  const equal = items.length - shown.length;
  const all = (side: Side) => onChange(Object.fromEntries(conflicts.map(({ item }) => [item, side])));
  return (
    <>
      {conflicts.length > 0 && (
        <div className={styles.all}>
          <span>
            {conflicts.length === 1 ? 'One thing is' : `${conflicts.length} things are`} in conflict. For all of them:
          </span>
          <Button size="small" disabled={disabled} onClick={() => all('mine')}>
            Keep mine
          </Button>
          <Button size="small" disabled={disabled} onClick={() => all('theirs')}>
            Take theirs
          </Button>
        </div>
      )}
      {shown.length > 0 && (
        <table className={styles.table}>
          <caption className={styles.caption}>
            {shown.length} {shown.length === 1 ? 'thing differs' : 'things differ'}, {equal} are equal
          </caption>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">State</th>
              <th scope="col">Why</th>
              <th scope="col">Choice</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ item, state, why }) => (
              <tr key={item}>
                <th scope="row">{item.replace(':', ' ')}</th>
                <td>
                  <Badge tone={state === 'new' ? 'good' : 'warn'}>{state}</Badge>
                </td>
                <td>{why}</td>
                <td>
                  {state === 'conflict' && (
                    <Select
                      size="small"
                      aria-label={`What becomes of ${item.replace(':', ' ')}`}
                      options={options}
                      value={sides[item]}
                      onChange={(side) => onChange({ ...sides, [item]: side })}
                      disabled={disabled}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {shown.length === 0 && <p>Everything in this backup is here already, and equal.</p>}
    </>
  );
};
