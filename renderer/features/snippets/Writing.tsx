import type { KeySet } from '../../../preload/contract/keys.ts';
import { useKeyfobState } from '../../store/context.ts';
import { snippetForms } from '../../store/topics/snippetForms.ts';
import { SegmentedControl } from '../../ui/choices/SegmentedControl.tsx';
import { Select } from '../../ui/choices/Select.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { secretSegments } from '../../ui/secrets/secretSegments.ts';
import styles from './rows.module.css';
import { targets, trustsOf } from './words.ts';

/** Language, secrets and certificate options, remembered, and the target of provided keys. */
export const Writing = ({ keySet }: { readonly keySet: KeySet | undefined }) => {
  const { target, chooseTarget, client, shell, chooseForm, secrets, chooseSecrets, insecure, chooseInsecure } =
    useKeyfobState((state) => state.snippets);
  const trusts = trustsOf(client);
  const trust = insecure ? 'insecure' : 'cacert';
  return (
    <div className={styles.rows}>
      {keySet?.server && keySet.servedHere && (
        <Field label="Call" inline>
          <SegmentedControl size="small" segments={targets} value={target} onChange={chooseTarget} />
        </Field>
      )}
      <Field label="Language" inline>
        <Select options={snippetForms} value={client === 'curl' ? shell : client} onChange={chooseForm} />
      </Field>
      <Field label="Secrets" inline>
        <SegmentedControl size="small" segments={secretSegments} value={secrets} onChange={chooseSecrets} />
      </Field>
      <Field label="TLS" inline>
        <div className={styles.pair}>
          <SegmentedControl
            size="small"
            segments={trusts.map(({ value, label }) => ({ value, label }))}
            value={trust}
            onChange={(chosen) => chooseInsecure(chosen === 'insecure')}
          />
          <span className={styles.meaning}>{trusts.find(({ value }) => value === trust)?.meaning}</span>
        </div>
      </Field>
    </div>
  );
};
