import { useKeyfobState } from '../../store/context.ts';
import { Select } from '../../ui/choices/Select.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import rows from './rows.module.css';
import type { Target } from './useTarget.ts';

interface RequestProps {
  readonly target: Target;
  readonly fault?: string | undefined;
  /** Whether the call gets a token, so that its grant can be chosen. */
  readonly isToken: boolean;
}

/** The scopes that a command requests, in addition to the device's, and the grant of a token. */
export const Request = ({ target, fault, isToken }: RequestProps) => {
  const { call, chooseCall } = useKeyfobState((state) => state.snippets);
  const direct = target.username === undefined ? 'Client credentials' : 'Password';
  return (
    <div className={rows.rows}>
      {isToken && (
        <Field label="Grant" inline>
          <Select
            options={[
              { value: 'token', label: direct },
              { value: 'code', label: 'Authorization code' },
            ]}
            value={call === 'code' ? 'code' : 'token'}
            onChange={chooseCall}
          />
        </Field>
      )}
      <Field label="Scopes" inline error={fault}>
        <TextInput
          mono
          placeholder="space-separated"
          value={target.scope}
          onChange={(event) => target.chooseScope(event.target.value)}
        />
      </Field>
    </div>
  );
};
