import { type ReactElement, useState } from 'react';
import { Button } from '../../../ui/buttons/Button.tsx';
import { countOf } from '../../../ui/facts/count.ts';
import { Field } from '../../../ui/fields/Field.tsx';
import { NumberInput } from '../../../ui/fields/NumberInput.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Popover } from '../../../ui/overlays/Popover.tsx';
import { checkName, nextNumber, numberedNames } from '../names.ts';
import styles from './NamesGenerator.module.css';

const most = 1000;
const highest = 999_999;

interface NamesGeneratorProps {
  readonly trigger: ReactElement;
  /** Existing names. Numbers continue after theirs. */
  readonly taken: readonly string[];
  readonly onAdd: (names: readonly string[]) => void;
}

/** Adds numbered names: a prefix, a first number and a count. */
export const NamesGenerator = ({ trigger, taken, onAdd }: NamesGeneratorProps) => {
  const [open, setOpen] = useState(false);
  const [prefix, setPrefix] = useState('device-');
  const [count, setCount] = useState<number | undefined>(100);
  /** `null`: the next free number. */
  const [chosenStart, setChosenStart] = useState<number | undefined | null>(null);
  const start = chosenStart === null ? nextNumber(prefix.trim(), open ? taken : []) : chosenStart;
  const starts = start !== undefined && start >= 0 && start <= highest;
  const counts = count !== undefined && count >= 1 && count <= most;
  const names = counts && starts ? numberedNames(prefix.trim(), count, start) : [];
  const verdict = names.at(-1) === undefined ? undefined : checkName(names.at(-1) ?? '');
  const ok = verdict?.ok === true;
  const add = () => {
    if (!ok) return;
    setOpen(false);
    setChosenStart(null);
    onAdd(names);
  };
  return (
    <Popover trigger={trigger} label="Numbered device names" align="end" open={open} onOpenChange={setOpen}>
      <form
        className={styles.root}
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <div className={styles.fields}>
          <Field label="Prefix" error={verdict?.ok === false ? verdict.problem : undefined}>
            <TextInput mono value={prefix} onChange={(event) => setPrefix(event.target.value)} />
          </Field>
          <Field label="Start at" error={starts ? undefined : `From 0 to ${highest}.`}>
            <NumberInput value={start} onChange={setChosenStart} min={0} max={highest} />
          </Field>
          <Field label="How many" error={counts ? undefined : `From 1 to ${most}.`}>
            <NumberInput value={count} onChange={setCount} min={1} max={most} />
          </Field>
        </div>
        <p className={styles.preview}>
          {ok && names.length > 1 ? `${names[0]} … ${names.at(-1)}` : ok ? names[0] : ' '}
        </p>
        <Button type="submit" look="primary" aria-disabled={!ok}>
          Add {countOf(names.length, 'device')}
        </Button>
      </form>
    </Popover>
  );
};
