import { Field } from '../../ui/Field.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './rows.module.css';
import type { Target } from './useTarget.ts';

interface ScopesProps {
  readonly target: Target;
  readonly fault: string | undefined;
}

/** The scopes that a command requests, in addition to the device's. */
export const Scopes = ({ target, fault }: ScopesProps) => (
  <div className={styles.rows}>
    <Field label="Scopes" beside error={fault}>
      <TextInput
        mono
        placeholder="space-separated"
        value={target.scope}
        onChange={(event) => target.chooseScope(event.target.value)}
      />
    </Field>
  </div>
);
