import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { TierField } from '../TierField.tsx';
import styles from './ApiDetail.module.css';
import { apiLabels } from './apiValues.ts';
import type { ApiFieldsProps } from './GeneralFields.tsx';

/** The applications that may call an API, how often, and where their token is. */
export const AccessFields = ({ values, faults, onChange }: ApiFieldsProps) => (
  <Section title="Access">
    <div className={styles.form}>
      <Checkbox
        label="Open to every application"
        description="Applications may call it without a subscription. WSO2 has no such switch."
        checked={values.open}
        onChange={(open) => onChange({ open })}
      />
      <div className={styles.columns}>
        <TierField
          level="advanced"
          value={values.tier}
          onChange={(tier) => onChange({ tier })}
          error={faults.tier}
          hint="Counts all requests to this API. Unless it is Unlimited, tiers of resources are ignored."
        />
        <Field
          label={apiLabels.authorizationHeader}
          optional
          error={faults.authorizationHeader}
          hint="Only if it differs from the setting."
        >
          <TextInput
            mono
            placeholder="Authorization"
            value={values.authorizationHeader ?? ''}
            onChange={(event) => {
              const typed = event.target.value.trim();
              onChange({ authorizationHeader: typed === '' ? null : typed });
            }}
          />
        </Field>
      </div>
    </div>
  </Section>
);
