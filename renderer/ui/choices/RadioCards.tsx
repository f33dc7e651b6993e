import { RadioGroup } from 'radix-ui';
import { type ReactNode, useId } from 'react';
import { classes } from '../classes.ts';
import { useFieldGroup } from '../fields/fieldContext.ts';
import styles from './RadioCards.module.css';
import type { Option } from './Select.tsx';

interface Choice<Value extends string> extends Omit<Option<Value>, 'description'> {
  readonly description?: ReactNode;
}

interface RadioCardsProps<Value extends string> {
  readonly choices: readonly Choice<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  /** Puts the cards next to each other, for short descriptions. */
  readonly columns?: 1 | 2 | 3;
  readonly 'aria-label'?: string;
}

/** Chooses one of a few options: each is a card with a title and an explanation. */
export const RadioCards = <Value extends string>(props: RadioCardsProps<Value>) => {
  const { choices, value, onChange, columns = 1 } = props;
  const id = useId();
  return (
    <RadioGroup.Root
      {...useFieldGroup()}
      {...(props['aria-label'] !== undefined && { 'aria-label': props['aria-label'] })}
      className={classes(styles.root, columns === 2 && styles.two, columns === 3 && styles.three)}
      value={value ?? null}
      onValueChange={(next) => {
        const choice = choices.find((candidate) => candidate.value === next);
        if (choice !== undefined) onChange(choice.value);
      }}
    >
      {choices.map(({ icon: Icon, ...choice }) => (
        <RadioGroup.Item
          key={choice.value}
          value={choice.value}
          disabled={choice.disabled === true}
          className={styles.card}
          aria-labelledby={`${id}-${choice.value}`}
          aria-describedby={choice.description === undefined ? undefined : `${id}-${choice.value}-description`}
        >
          <span className={styles.dot} aria-hidden>
            <RadioGroup.Indicator className={styles.mark} />
          </span>
          <span className={styles.words}>
            <span id={`${id}-${choice.value}`} className={styles.title}>
              {Icon !== undefined && <Icon aria-hidden size={15} />}
              {choice.label}
            </span>
            {choice.description !== undefined && (
              <span id={`${id}-${choice.value}-description`} className={styles.description}>
                {choice.description}
              </span>
            )}
          </span>
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  );
};
