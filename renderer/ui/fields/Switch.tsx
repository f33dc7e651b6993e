import { Switch as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import styles from './Switch.module.css';

interface SwitchProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly disabled?: boolean;
}

/** A switch that takes effect at once. It is at the end of its line. */
export const Switch = ({ checked, onChange, label, description, disabled = false }: SwitchProps) => {
  const id = useId();
  return (
    <div className={styles.root}>
      <div className={styles.words}>
        <label htmlFor={id}>{label}</label>
        {description !== undefined && (
          <div id={`${id}-description`} className={styles.description}>
            {description}
          </div>
        )}
      </div>
      <Radix.Root
        id={id}
        className={styles.track}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        aria-describedby={description === undefined ? undefined : `${id}-description`}
      >
        <Radix.Thumb className={styles.thumb} />
      </Radix.Root>
    </div>
  );
};
