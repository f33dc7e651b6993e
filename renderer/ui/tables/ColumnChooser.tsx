import { Columns3 } from 'lucide-react';
import { Button } from '../buttons/Button.tsx';
import { IconButton } from '../buttons/IconButton.tsx';
import { Checkbox } from '../fields/Checkbox.tsx';
import { Popover } from '../overlays/Popover.tsx';
import styles from './ColumnChooser.module.css';
import type { Column } from './tableColumns.ts';

interface ColumnChooserProps<Row> {
  /** The columns to choose from, in their order. */
  readonly all: readonly Column<Row>[];
  /** The keys of the shown ones. */
  readonly shown: readonly string[];
  /** Whether a person chose them. */
  readonly chosen: boolean;
  /** `undefined`: the usual ones. */
  readonly onChoose: (columns: readonly string[] | undefined) => void;
}

/** Chooses the columns of a table. One always stays. */
export const ColumnChooser = <Row,>({ all, shown, chosen, onChoose }: ColumnChooserProps<Row>) => (
  <Popover
    label="Columns"
    align="end"
    trigger={<IconButton icon={Columns3} name="Choose the columns" hint="Columns" size="small" look="secondary" />}
  >
    <div className={styles.root}>
      {all.map(({ key, header }) => (
        <Checkbox
          key={key}
          label={header}
          checked={shown.includes(key)}
          disabled={shown.length === 1 && shown.includes(key)}
          onChange={(on) =>
            onChoose(all.map((one) => one.key).filter((one) => (one === key ? on : shown.includes(one))))
          }
        />
      ))}
      <Button size="small" disabled={!chosen} onClick={() => onChoose(undefined)}>
        Usual columns
      </Button>
    </div>
  </Popover>
);
