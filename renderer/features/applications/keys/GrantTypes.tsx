import { type GrantType, grantType } from '../../../../preload/contract/values.ts';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { useFieldGroup } from '../../../ui/fields/fieldContext.ts';
import { grantWords } from '../words.ts';
import styles from './keyFields.module.css';
import { orderedGrants } from './keyValues.ts';

interface GrantTypesProps {
  readonly value: readonly GrantType[];
  readonly onChange: (value: GrantType[]) => void;
}

/** A checkbox per grant type, each with its purpose. */
export const GrantTypes = ({ value, onChange }: GrantTypesProps) => (
  <fieldset {...useFieldGroup()} className={styles.grants}>
    {grantType.options.map((grant) => (
      <Checkbox
        key={grant}
        checked={value.includes(grant)}
        onChange={(ticked) =>
          onChange(orderedGrants(ticked ? [...value, grant] : value.filter((other) => other !== grant)))
        }
        label={grantWords[grant].label}
        description={grantWords[grant].meaning}
      />
    ))}
  </fieldset>
);
