import { type ReactElement, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { NumberInput } from '../../ui/NumberInput.tsx';
import { Popover } from '../../ui/Popover.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './NamesGenerator.module.css';
import { checkName, numberedNames } from './names.ts';

const most = 1000;

interface NamesGeneratorProps {
  readonly trigger: ReactElement;
  readonly onAdd: (names: readonly string[]) => void;
}

/** Many names at once: a prefix and a count. */
export const NamesGenerator = ({ trigger, onAdd }: NamesGeneratorProps) => {
  const [open, setOpen] = useState(false);
  const [prefix, setPrefix] = useState('device-');
  const [count, setCount] = useState<number | undefined>(100);
  const counts = count !== undefined && count >= 1 && count <= most;
  const names = counts ? numberedNames(prefix.trim(), count) : [];
  const verdict = names.at(-1) === undefined ? undefined : checkName(names.at(-1) ?? '');
  const ok = verdict?.ok === true;
  const add = () => {
    if (!ok) return;
    setOpen(false);
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
          <Field label="How many" error={counts ? undefined : `From 1 to ${most}.`}>
            <NumberInput value={count} onChange={setCount} min={1} max={most} />
          </Field>
        </div>
        <p className={styles.preview}>
          {ok && names.length > 1 ? `${names[0]} … ${names.at(-1)}` : ok ? names[0] : ' '}
        </p>
        <Button type="submit" look="primary" aria-disabled={!ok}>
          {names.length === 1 ? 'Add 1 device' : `Add ${names.length} devices`}
        </Button>
      </form>
    </Popover>
  );
};
