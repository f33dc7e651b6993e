import { Progress as Radix } from 'radix-ui';
import type { CSSProperties } from 'react';
import { Button } from '../buttons/Button.tsx';
import { formatCount } from '../facts/count.ts';
import styles from './Progress.module.css';

interface ProgressProps {
  /** The running action: "Minting 1000 device tokens". */
  readonly label: string;
  /** The done part of `max`. Absent: unknown. */
  readonly value?: number | undefined;
  readonly max?: number;
  readonly onCancel?: (() => void) | undefined;
  readonly cancelLabel?: string;
}

/** An action that takes longer than half a second, with a way to stop it. */
export const Progress = ({ label, value, max = 100, onCancel, cancelLabel = 'Cancel' }: ProgressProps) => (
  <div className={styles.root}>
    <div className={styles.words}>
      <span>{label}</span>
      {value !== undefined && (
        <span className={styles.count}>
          {formatCount(value)} of {formatCount(max)}
        </span>
      )}
    </div>
    <Radix.Root className={styles.track} value={value ?? null} max={max} aria-label={label}>
      <Radix.Indicator
        className={styles.bar}
        style={{ '--done': value === undefined ? undefined : value / Math.max(1, max) } as CSSProperties}
      />
    </Radix.Root>
    {onCancel !== undefined && (
      <Button size="small" onClick={onCancel}>
        {cancelLabel}
      </Button>
    )}
  </div>
);
