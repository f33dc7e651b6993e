import { useState } from 'react';
import { snippets as contract } from '../../../preload/contract/snippets.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { Select } from '../../ui/choices/Select.tsx';
import { Field } from '../../ui/fields/Field.tsx';
import { TextInput } from '../../ui/fields/TextInput.tsx';
import { apiUrl, withScheme } from './apiUrl.ts';
import styles from './rows.module.css';

const methods = contract.render.input.shape.method.unwrap().options.map((value) => ({ value, label: value }));
const example = 'https://localhost:8243/pets/v1';

/** The registered APIs with the URLs that the pane offers. The first is the default. */
function useOfferedApis() {
  const items = useRead('apis.list', {}).value?.items ?? [];
  const echoFirst = items.toSorted((one, other) => Number(other.name === 'echo') - Number(one.name === 'echo'));
  return echoFirst.map(({ name, version, url }) => ({ label: `${name}/${version}`, value: `${url}/` }));
}

const anotherUrl = { value: '', label: 'Another URL' };

/** The API to call, and the method. */
export const Api = () => {
  const apis = useOfferedApis();
  const { api, chooseApi } = useKeyfobState((state) => state.snippets);
  // A half-typed URL is not an error yet.
  const [typing, setTyping] = useState(false);
  const problem = api.url === '' || apiUrl(api.url) !== undefined ? undefined : `Enter a full URL, e.g. ${example}`;
  const url = api.url === '' ? apis[0]?.value : api.url;
  const chosen = apis.find((offered) => url?.startsWith(offered.value) === true);
  return (
    <div className={styles.rows}>
      {apis.length > 0 && (
        <Field label="API" inline>
          <Select
            options={[...apis, ...(chosen === undefined ? [anotherUrl] : [])]}
            value={(chosen ?? anotherUrl).value}
            onChange={(url) => chooseApi({ ...api, url })}
          />
        </Field>
      )}
      <Field label="Method" inline>
        <Select
          className={styles.method ?? ''}
          options={methods}
          value={api.method}
          onChange={(method) => chooseApi({ ...api, method })}
        />
      </Field>
      <Field label="URL" inline error={typing ? undefined : problem} hint={typing ? problem : undefined}>
        <TextInput
          mono
          type="url"
          placeholder={apis[0]?.value ?? example}
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
