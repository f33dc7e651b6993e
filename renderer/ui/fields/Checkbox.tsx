import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import styles from './Checkbox.module.css';

interface CheckboxProps {
  readonly checked: boolean | 'some';
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly disabled?: boolean;
  readonly name?: string;
}

/** A checkbox. It takes effect with its form. `some` means partly checked. */
export const Checkbox = ({ checked, onChange, label, description, disabled = false, name }: CheckboxProps) => {
  const id = useId();
  return (
    <div className={classes(styles.root, disabled && styles.disabled)}>
      <Radix.Root
        id={id}
        {...(name !== undefined && { name })}
        className={styles.box}
        checked={checked === 'some' ? 'indeterminate' : checked}
        onCheckedChange={(next) => onChange(next === true)}
        disabled={disabled}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
      >
        <Radix.Indicator>
          {checked === 'some' ? <Minus aria-hidden size={12} /> : <Check aria-hidden size={12} strokeWidth={3} />}
        </Radix.Indicator>
      </Radix.Root>
      <div>
        <label htmlFor={id}>{label}</label>
        {description !== undefined && (
          <div id={`${id}-description`} className={styles.description}>
            {description}
          </div>
        )}
      </div>
    </div>
  );
};
