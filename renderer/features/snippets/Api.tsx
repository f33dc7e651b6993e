import { useState } from 'react';
import { snippets as contract } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './rows.module.css';

const methods = contract.render.input.shape.method.unwrap().options.map((value) => ({ value, label: value }));

/** Which API to call, and how. */
export const Api = ({ fault }: { readonly fault: string | undefined }) => {
  const { api, chooseApi } = useKeyfobState((state) => state.snippets);
  // Half an address is no fault.
  const [typing, setTyping] = useState(false);
  return (
    <div className={styles.rows}>
      <Field label="Method" beside>
        <Select
          className={styles.method ?? ''}
          options={methods}
          value={api.method}
          onChange={(method) => chooseApi({ ...api, method })}
        />
      </Field>
      <Field label="URL" beside error={typing ? undefined : fault}>
        <TextInput
          mono
          type="url"
          placeholder="https://localhost:8243/pets/v1"
          value={api.url}
          onChange={(event) => chooseApi({ ...api, url: event.target.value.trim() })}
          onFocus={() => setTyping(true)}
          onBlur={() => setTyping(false)}
        />
      </Field>
    </div>
  );
};
