import { Check, Minus } from 'lucide-react';
import { memo } from 'react';
import checkbox from '../fields/Checkbox.module.css';
import styles from './DataTable.module.css';

interface RowCheckboxProps {
  readonly label: string;
  readonly checked: boolean | 'indeterminate';
  readonly onPress: (shift: boolean) => void;
  readonly tabIndex: number;
}

/** A light checkbox for tables with many rows. The whole cell is its target. */
export const RowCheckbox = memo(({ label, checked, onPress, tabIndex }: RowCheckboxProps) => (
  // biome-ignore lint/a11y/useSemanticElements: a native one can't tell a press with Shift from one without
  <button
    type="button"
    role="checkbox"
    aria-label={label}
    aria-checked={checked === 'indeterminate' ? 'mixed' : checked}
    tabIndex={tabIndex}
    className={styles.checkbox}
    onClick={(event) => {
      event.stopPropagation();
      onPress(event.shiftKey);
    }}
  >
    <span
      className={checkbox.box}
      data-state={checked === 'indeterminate' ? 'indeterminate' : checked ? 'checked' : 'unchecked'}
    >
      {checked === 'indeterminate' ? <Minus aria-hidden size={12} /> : checked && <Check aria-hidden size={12} />}
    </span>
  </button>
));
