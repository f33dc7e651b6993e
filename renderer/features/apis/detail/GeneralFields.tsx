import { apiState } from '../../../../preload/contract/apis.ts';
import { RadioCards } from '../../../ui/choices/RadioCards.tsx';
import { Checkbox } from '../../../ui/fields/Checkbox.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextArea } from '../../../ui/fields/TextArea.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { stateLooks } from '../words.ts';
import styles from './ApiDetail.module.css';
import { type ApiFaults, type ApiValues, apiLabels } from './apiValues.ts';

export interface ApiFieldsProps {
  readonly values: ApiValues;
  readonly faults: ApiFaults;
  readonly onChange: (patch: Partial<ApiValues>) => void;
}

/** Name, address and lifecycle state of an API. */
export const GeneralFields = ({ values, faults, onChange }: ApiFieldsProps) => (
  <>
    <Section title="Name and address">
      <div className={styles.form}>
        <div className={styles.columns}>
          <Field label={apiLabels.name} required error={faults.name}>
            <TextInput value={values.name} onChange={(event) => onChange({ name: event.target.value })} />
          </Field>
          <Field label={apiLabels.version} required error={faults.version}>
            <TextInput
              mono
              value={values.version}
              onChange={(event) => onChange({ version: event.target.value.trim() })}
            />
          </Field>
        </div>
        <Field
          label={apiLabels.context}
          required
          error={faults.context}
          hint="The start of its paths. The version follows, or replaces {version}."
        >
          <TextInput
            mono
            value={values.context}
            onChange={(event) => onChange({ context: event.target.value.trim() })}
          />
        </Field>
        <Checkbox
          label="Default version"
          description="Requests without a version lead here, too."
          checked={values.isDefaultVersion}
          onChange={(isDefaultVersion) => onChange({ isDefaultVersion })}
        />
        <Field label={apiLabels.description} optional error={faults.description}>
          <TextArea
            rows={2}
            value={values.description}
            onChange={(event) => onChange({ description: event.target.value })}
          />
        </Field>
      </div>
    </Section>
    <Section title={apiLabels.state} description="What happens to requests.">
      <RadioCards
        aria-label={apiLabels.state}
        columns={3}
        value={values.state}
        onChange={(state) => onChange({ state })}
        choices={apiState.options.map((value) => ({
          value,
          label: stateLooks[value].label,
          icon: stateLooks[value].icon,
          description: stateLooks[value].meaning,
        }))}
      />
    </Section>
  </>
);
