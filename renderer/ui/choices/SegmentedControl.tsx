import { ToggleGroup } from 'radix-ui';
import { classes } from '../classes.ts';
import type { Tone } from '../facts/tone.ts';
import { useFieldGroup } from '../fields/fieldContext.ts';
import styles from './SegmentedControl.module.css';
import type { Option } from './Select.tsx';

interface Segment<Value extends string> extends Omit<Option<Value>, 'description'> {
  /** Tints the segment while it is chosen. */
  readonly tone?: Tone;
}

interface SegmentedControlProps<Value extends string> {
  readonly segments: readonly Segment<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  /** Needed outside of a field. */
  readonly 'aria-label'?: string;
  readonly size?: 'small' | 'medium';
  readonly disabled?: boolean;
}

/** Chooses one of two to five short options, all visible. */
export const SegmentedControl = <Value extends string>(props: SegmentedControlProps<Value>) => {
  const { segments, value, onChange, size = 'medium', disabled = false } = props;
  return (
    <ToggleGroup.Root
      {...useFieldGroup()}
      {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
      type="single"
      className={classes(styles.root, styles[size])}
      value={value}
      disabled={disabled}
      onValueChange={(next) => {
        // Pressing the chosen one would clear it, but exactly one must be chosen.
        const segment = segments.find((candidate) => candidate.value === next);
        if (segment !== undefined) onChange(segment.value);
      }}
    >
      {segments.map(({ icon: Icon, ...segment }) => (
        <ToggleGroup.Item
          key={segment.value}
          value={segment.value}
          disabled={segment.disabled === true}
          className={styles.segment}
          data-tone={segment.tone}
        >
          {Icon !== undefined && <Icon aria-hidden size={14} />}
          {segment.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
};
