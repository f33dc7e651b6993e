import type { LucideIcon } from 'lucide-react';
import { classes } from './classes.ts';
import { useFieldControl } from './fieldContext.ts';
import styles from './Select.module.css';
import trigger from './trigger.module.css';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string> {
  readonly options: readonly Omit<Option<Value>, 'icon'>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Needed outside of a field. */
  readonly 'aria-label'?: string;
  readonly size?: 'small' | 'medium';
  readonly className?: string;
}

/**
 * One of a few choices. The browser's own element, styled: it brings the keys, the typing ahead and the list above
 * everything. For many choices, or ones that people type, there is Combobox.
 */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { options, value, onChange, placeholder = 'Choose…', disabled = false, size = 'medium', className } = props;
  return (
    <select
      {...useFieldControl()}
      {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
      className={classes(trigger.trigger, styles.select, styles[size], className)}
      value={value ?? ''}
      disabled={disabled}
      data-placeholder={value === undefined || undefined}
      onChange={(event) => {
        const option = options.find((candidate) => candidate.value === event.target.value);
        if (option !== undefined) onChange(option.value);
      }}
    >
      {value === undefined && (
        <option value="" hidden>
          {placeholder}
        </option>
      )}
      {options.map((option) => (
        <option
          key={option.value}
          value={option.value}
          disabled={option.disabled === true}
          className={styles.option}
          data-description={option.description}
        >
          {option.label}
        </option>
      ))}
    </select>
  );
};
