import { RadioGroup } from 'radix-ui';
import { useId } from 'react';
import styles from './RadioList.module.css';

interface RadioListProps<Value extends string> {
  readonly label: string;
  readonly groups: readonly {
    readonly label: string;
    readonly choices: readonly { readonly value: Value; readonly label: string }[];
  }[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** Chooses one of many options in groups, all visible: one press instead of the two of a list that opens. */
export const RadioList = <Value extends string>({ label, groups, value, onChange }: RadioListProps<Value>) => {
  const id = useId();
  const all = groups.flatMap(({ choices }) => choices);
  return (
    <RadioGroup.Root
      aria-label={label}
      className={styles.root}
      value={value}
      onValueChange={(next) => {
        const choice = all.find((candidate) => candidate.value === next);
        if (choice !== undefined) onChange(choice.value);
      }}
    >
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, which no grid can place
        <div key={group.label} role="group" aria-labelledby={`${id}-${group.label}`} className={styles.group}>
          <p id={`${id}-${group.label}`} className={styles.label}>
            {group.label}
          </p>
          {group.choices.map((choice) => (
            <RadioGroup.Item key={choice.value} value={choice.value} className={styles.item}>
              {choice.label}
            </RadioGroup.Item>
          ))}
        </div>
      ))}
    </RadioGroup.Root>
  );
};
