import { Switch } from '../../../ui/fields/Switch.tsx';
import styles from './keyFields.module.css';
import { type KeyValues, keyLabels } from './keyValues.ts';

type Values = Pick<KeyValues, 'publicClient' | 'pkce' | 'pkcePlain'>;

interface CodeFieldsProps {
  readonly values: Values;
  readonly onChange: (patch: Partial<Values>) => void;
}

/** The rules of the authorization code grant for a key set. */
export const CodeFields = ({ values, onChange }: CodeFieldsProps) => (
  <div className={styles.form}>
    <Switch
      label={keyLabels.publicClient}
      description="For apps that can't keep a secret, like mobile and single-page apps. They always need PKCE."
      checked={values.publicClient}
      onChange={(publicClient) => onChange({ publicClient })}
    />
    <Switch
      label="PKCE required"
      description="Refuses authorization requests without a code challenge."
      checked={values.pkce === 'required' || values.publicClient}
      disabled={values.publicClient}
      onChange={(required) => onChange({ pkce: required ? 'required' : 'optional' })}
    />
    <Switch
      label={keyLabels.pkcePlain}
      description="Also accepts the method plain, which protects less than S256."
      checked={values.pkcePlain}
      onChange={(pkcePlain) => onChange({ pkcePlain })}
    />
  </div>
);
