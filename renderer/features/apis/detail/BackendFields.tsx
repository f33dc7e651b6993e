import { Field } from '../../../ui/fields/Field.tsx';
import { TextArea } from '../../../ui/fields/TextArea.tsx';
import { Section } from '../../../ui/layout/Section.tsx';
import { BackendField } from '../BackendField.tsx';
import styles from './ApiDetail.module.css';
import { apiLabels, hasTls } from './apiValues.ts';
import type { ApiFieldsProps } from './GeneralFields.tsx';

/** The backends for each key type, and the certificate that they are trusted by. */
export const BackendFields = ({ values, faults, onChange }: ApiFieldsProps) => (
  <Section
    title="Backends"
    description="Echo is built in: it answers who called, and the request that arrived. Without a backend, tokens of that key type get 403."
  >
    <div className={styles.form}>
      <BackendField
        label={apiLabels.productionBackend}
        value={values.productionBackend}
        onChange={(productionBackend) => onChange({ productionBackend })}
        error={faults.productionBackend}
      />
      <BackendField
        label={apiLabels.sandboxBackend}
        value={values.sandboxBackend}
        onChange={(sandboxBackend) => onChange({ sandboxBackend })}
        error={faults.sandboxBackend}
      />
      {(hasTls(values) || values.backendCa !== null) && (
        <Field
          label={apiLabels.backendCa}
          optional
          error={faults.backendCa}
          hint="PEM of the CA, or of the backend's own certificate. Without it, the CAs of this system are trusted."
        >
          <TextArea
            mono
            rows={4}
            placeholder="-----BEGIN CERTIFICATE-----"
            value={values.backendCa ?? ''}
            onChange={(event) => onChange({ backendCa: event.target.value === '' ? null : event.target.value })}
          />
        </Field>
      )}
    </div>
  </Section>
);
