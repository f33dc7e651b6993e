import { useState } from 'react';
import { snippets as contract } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { Select } from '../../ui/choices/Select.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { apiUrl, withScheme } from './apiUrl.ts';
import styles from './rows.module.css';

const methods = contract.render.input.shape.method.unwrap().options.map((value) => ({ value, label: value }));
const example = 'https://localhost:8243/pets/v1';

/** The API to call, and the method. */
export const Api = () => {
  const { api, chooseApi } = useKeyfobState((state) => state.snippets);
  // A half-typed URL is not an error yet.
  const [typing, setTyping] = useState(false);
  const problem = api.url === '' || apiUrl(api.url) !== undefined ? undefined : `Enter a full URL, e.g. ${example}`;
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
      <Field label="URL" beside error={typing ? undefined : problem} hint={typing ? problem : undefined}>
        <TextInput
          mono
          type="url"
          placeholder={example}
          value={api.url}
          onChange={(event) => chooseApi({ ...api, url: event.target.value.trim() })}
          onFocus={() => setTyping(true)}
          onBlur={() => {
            setTyping(false);
            chooseApi({ ...api, url: withScheme(api.url) });
          }}
        />
      </Field>
    </div>
  );
};
