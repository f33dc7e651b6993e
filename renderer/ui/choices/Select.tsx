import type { LucideIcon } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { classes } from '../classes.ts';
import { useFieldControl } from '../fields/fieldContext.ts';
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
  /** Options with the same group follow each other. */
  readonly options: readonly (Omit<Option<Value>, 'icon'> & { readonly group?: string })[];
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
 * Stops an Escape that closes the list from reaching the dialog around it. Radix listens at the document and prevents
 * the browser's default action, so the event stops one step before.
 */
const useOwnEscape = () => {
  const select = useRef<HTMLSelectElement>(null);
  useEffect(() => {
    const stop = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !CSS.supports('selector(:open)')) return;
      if (select.current?.matches(':open') === true) event.stopPropagation();
    };
    window.addEventListener('keydown', stop, { capture: true });
    return () => window.removeEventListener('keydown', stop, { capture: true });
  }, []);
  return select;
};

/**
 * Chooses one of a few options. A styled native element: it brings keys, type-ahead and a list above everything. For
 * many or typed options, use Combobox.
 */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { options, value, onChange, placeholder = 'Choose…', disabled = false, size = 'medium', className } = props;
  const select = useOwnEscape();
  return (
    <select
      ref={select}
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
      {[...Map.groupBy(options, ({ group }) => group)].map(([group, members]) => {
        const items = members.map((option) => (
          <option
            key={option.value}
            value={option.value}
            disabled={option.disabled === true}
            className={styles.option}
            data-description={option.description}
          >
            {option.label}
          </option>
        ));
        return group === undefined ? (
          items
        ) : (
          <optgroup key={group} label={group} className={styles.group}>
            {items}
          </optgroup>
        );
      })}
    </select>
  );
};
