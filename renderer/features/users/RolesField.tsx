import { checkRole, useKnownRoles } from '../../store/hooks/topics/useKnownRoles.ts';
import { ChipsInput } from '../../ui/chips/ChipsInput.tsx';
import { Field } from '../../ui/fields/Field.tsx';

interface RolesFieldProps {
  readonly value: readonly string[];
  readonly onChange: (roles: string[]) => void;
  readonly error: string | undefined;
  readonly hint: string;
  readonly optional?: boolean;
}

/** A user's roles: typed, or chosen from existing ones. */
export const RolesField = ({ value, onChange, error, hint, optional = false }: RolesFieldProps) => (
  <Field label="Roles" optional={optional} error={error} hint={hint}>
    <ChipsInput
      value={value}
      onChange={(roles) => onChange([...roles])}
      check={checkRole}
      nouns={['role', 'roles']}
      placeholder="manager, support"
      suggestions={useKnownRoles()}
    />
  </Field>
);
