import { useState } from 'react';
import { issueBehaviour } from '../../../../preload/contract/keys.ts';
import { tokenFormat } from '../../../../preload/contract/tokenFormat.ts';
import { RadioCards } from '../../../ui/choices/RadioCards.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import { behaviourWords, formatWords } from '../words.ts';
import { CodeFields } from './CodeFields.tsx';
import { GrantTypes } from './GrantTypes.tsx';
import { type KeyFaults, type KeyValues, keyLabels } from './keyValues.ts';

type Values = Pick<
  KeyValues,
  'grantTypes' | 'callbackUrl' | 'publicClient' | 'pkce' | 'pkcePlain' | 'issueBehaviour' | 'tokenFormat'
>;

interface KeyFieldsProps {
  readonly values: Values;
  readonly faults: KeyFaults;
  readonly onChange: (patch: Partial<Values>) => void;
}

/** Grant types, callback URL, issue behaviour and token format, for new and existing keys. */
export const KeyFields = ({ values, faults, onChange }: KeyFieldsProps) => {
  /** Fields that are still being typed. They show no error yet. */
  const [typing, setTyping] = useState(false);
  return (
    <>
      <Field label={keyLabels.grantTypes} error={faults.grantTypes}>
        <GrantTypes value={values.grantTypes} onChange={(grantTypes) => onChange({ grantTypes })} />
      </Field>
      <Field
        label={keyLabels.callbackUrl}
        optional
        hint="Where users return after they sign in. For several: regexp=(https://a.test/cb|https://b.test/cb)."
        error={typing ? undefined : faults.callbackUrl}
      >
        <TextInput
          mono
          placeholder="http://localhost:3000/callback"
          value={values.callbackUrl}
          onChange={(event) => {
            setTyping(true);
            onChange({ callbackUrl: event.target.value.trim() });
          }}
          onBlur={() => setTyping(false)}
        />
      </Field>
      {values.grantTypes.includes('authorization_code') && <CodeFields values={values} onChange={onChange} />}
      <Field label={keyLabels.issueBehaviour} hint="What happens when a valid token already exists.">
        <RadioCards
          columns={3}
          value={values.issueBehaviour}
          onChange={(behaviour) => onChange({ issueBehaviour: behaviour })}
          choices={issueBehaviour.options.map((value) => ({
            value,
            label: behaviourWords[value].label,
            description: behaviourWords[value].meaning,
          }))}
        />
      </Field>
      <Field label={keyLabels.tokenFormat} hint={formatWords[values.tokenFormat].meaning}>
        <Select
          value={values.tokenFormat}
          onChange={(format) => onChange({ tokenFormat: format })}
          options={tokenFormat.options.map((value) => ({ value, label: formatWords[value].label }))}
        />
      </Field>
    </>
  );
};
