import { Check, ChevronsUpDown, type LucideIcon } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { classes } from './classes.ts';
import { useFieldControl } from './fieldContext.ts';
import { cspNonce } from './nonce.ts';
import popup from './popup.module.css';
import styles from './Select.module.css';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly description?: string | undefined;
  readonly icon?: LucideIcon | undefined;
  readonly disabled?: boolean;
}

interface SelectProps<Value extends string> {
  readonly options: readonly Option<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Needed outside of a field. */
  readonly 'aria-label'?: string;
  readonly size?: 'small' | 'medium';
  readonly className?: string;
}

/** One of a few choices. For many, or ones that people type, there is Combobox. */
export const Select = <Value extends string>(props: SelectProps<Value>) => {
  const { options, value, onChange, placeholder = 'Choose…', disabled = false, size = 'medium', className } = props;
  const chosen = options.find((option) => option.value === value);
  return (
    <Radix.Root
      value={value ?? ''}
      onValueChange={(next) => {
        const option = options.find((candidate) => candidate.value === next);
        if (option !== undefined) onChange(option.value);
      }}
      disabled={disabled}
    >
      <Radix.Trigger
        {...useFieldControl()}
        {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
        className={classes(styles.trigger, styles[size], className)}
      >
        {chosen?.icon !== undefined && <chosen.icon aria-hidden size={15} />}
        <span className={styles.value}>
          <Radix.Value placeholder={placeholder}>{chosen?.label}</Radix.Value>
        </span>
        <ChevronsUpDown aria-hidden size={14} className={styles.sign} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={classes(popup.panel, styles.panel)}
          position="popper"
          sideOffset={4}
          collisionPadding={8}
        >
          <Radix.Viewport className={popup.list} nonce={cspNonce()}>
            {options.map(({ icon: Icon, ...option }) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                disabled={option.disabled === true}
                className={popup.item ?? ''}
              >
                {Icon !== undefined && <Icon aria-hidden size={15} />}
                <span className={popup.words}>
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                  {option.description !== undefined && <span className={popup.description}>{option.description}</span>}
                </span>
                <span className={popup.check}>
                  <Radix.ItemIndicator>
                    <Check aria-hidden size={15} />
                  </Radix.ItemIndicator>
                </span>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
};
