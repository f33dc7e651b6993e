import { Layers, Pencil, Save, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { DeviceSet } from '../../../../preload/contract/deviceSets.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { IconButton } from '../../../ui/buttons/IconButton.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { Popover } from '../../../ui/overlays/Popover.tsx';
import styles from './DeviceSets.module.css';

/** "12 devices · 10 min · read:orders" */
const factsOf = ({ devices, validitySeconds, scope }: DeviceSet): string =>
  [
    countOf(devices.length, 'device'),
    ...(validitySeconds === undefined ? [] : [validitySeconds < 0 ? 'never expires' : formatDuration(validitySeconds)]),
    ...(scope === '' ? [] : [scope]),
  ].join(' · ');

export interface SetActions {
  fill(set: DeviceSet): void;
  mint(set: DeviceSet): void;
  rename(set: DeviceSet): void;
  remove(set: DeviceSet): void;
}

interface SetRowProps {
  readonly set: DeviceSet;
  readonly canMint: boolean;
  readonly act: (action: keyof SetActions, set: DeviceSet) => void;
}

const SetRow = ({ set, canMint, act }: SetRowProps) => (
  <li className={styles.row}>
    <div className={styles.words}>
      <p className={styles.name}>{set.name}</p>
      <p className={styles.facts}>{factsOf(set)}</p>
    </div>
    <Button size="small" aria-label={`Fill in ${set.name}`} onClick={() => act('fill', set)}>
      Fill in
    </Button>
    <Button
      size="small"
      aria-label={`Mint ${set.name}`}
      aria-disabled={!canMint}
      onClick={() => canMint && act('mint', set)}
    >
      Mint
    </Button>
    <IconButton size="small" icon={Pencil} name={`Rename ${set.name}`} onClick={() => act('rename', set)} />
    <IconButton size="small" icon={Trash2} name={`Delete ${set.name}`} onClick={() => act('remove', set)} />
  </li>
);

interface DeviceSetsProps {
  /** Those of the shown owner. */
  readonly sets: readonly DeviceSet[];
  readonly actions: SetActions;
  readonly canMint: boolean;
  /** The number of devices in the form. */
  readonly ready: number;
  /** Whether the form can be saved as a set. */
  readonly canSave: boolean;
  readonly onSave: () => void;
}

/** The saved sets of an owner: fill the form, mint at once, rename or delete; and saves the form as a set. */
export const DeviceSets = ({ sets, actions, canMint, ready, canSave, onSave }: DeviceSetsProps) => {
  const [open, setOpen] = useState(false);
  const act: SetRowProps['act'] = (action, set) => {
    setOpen(false);
    actions[action](set);
  };
  return (
    <Popover
      trigger={
        <Button look="ghost" size="small" icon={Layers}>
          Sets
        </Button>
      }
      label="Device sets"
      align="end"
      open={open}
      onOpenChange={setOpen}
    >
      <div className={styles.root}>
        {sets.length === 0 ? (
          <p className={styles.facts}>No sets yet. A set keeps devices under a name, to mint for them again.</p>
        ) : (
          <ul className={styles.list}>
            {sets.map((set) => (
              <SetRow key={set.id} set={set} canMint={canMint} act={act} />
            ))}
          </ul>
        )}
        <Button
          size="small"
          icon={Save}
          disabled={!canSave}
          onClick={() => {
            setOpen(false);
            onSave();
          }}
        >
          {ready === 0 ? 'Name devices to save them' : `Save ${countOf(ready, 'device')} as a set…`}
        </Button>
      </div>
    </Popover>
  );
};
