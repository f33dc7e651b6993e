import { useMemo, useState } from 'react';
import type { KeyType } from '../../../../preload/contract/values.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { Combobox } from '../../../ui/choices/Combobox.tsx';
import { SegmentedControl } from '../../../ui/choices/SegmentedControl.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import { Field } from '../../../ui/fields/Field.tsx';
import { RevokeForm } from './RevokeForm.tsx';
import type { RevokeTarget } from './revocation.ts';

type What = 'application' | 'user' | 'device';

/** Names all active tokens of a target: "the user ann". */
export const allOf = (what: What, name: string, keyType?: KeyType): RevokeTarget => ({
  kind: 'all',
  name,
  by: { [what]: name, ...(keyType !== undefined && { keyType }) },
  of: `the ${what} ${name}${keyType === undefined ? '' : `, ${keyTypeNames[keyType]}`}`,
});

/** Suggests the devices of the newest tokens. Others can be typed. */
const lookedThrough = 1000;

function useChoices(what: What) {
  const applications = useRead('applications.list', what === 'application' ? {} : undefined).value?.items;
  const users = useRead('users.list', what === 'user' ? {} : undefined).value?.items;
  const live = { state: 'ACTIVE', deviceTokens: true, limit: lookedThrough } as const;
  const devices = useRead('tokens.list', what === 'device' ? live : undefined).value?.items;
  const names = {
    application: applications?.map(({ name }) => name),
    user: users?.map(({ username }) => username),
    device: [...new Set(devices?.flatMap(({ device }) => (device === undefined ? [] : [device])))],
  }[what];
  return (names ?? []).map((name) => ({ value: name, label: name }));
}

const keyTypeOptions = [
  { value: 'both', label: 'Production and Sandbox' },
  { value: 'PRODUCTION', label: keyTypeNames.PRODUCTION },
  { value: 'SANDBOX', label: keyTypeNames.SANDBOX },
] as const;

/** Chooses whose tokens to revoke: an application's, a user's or a device's. */
export const RevokeAll = ({ onClose }: { readonly onClose: () => void }) => {
  const [what, setWhat] = useState<What>('application');
  const [name, setName] = useState<string>();
  const [keyType, setKeyType] = useState<'both' | KeyType>('both');
  const choices = useChoices(what);
  const ofKeyType = what === 'application' && keyType !== 'both' ? keyType : undefined;
  const target = useMemo(
    () => (name === undefined ? undefined : allOf(what, name, ofKeyType)),
    [what, name, ofKeyType],
  );
  return (
    <RevokeForm title="Revoke all active tokens of…" target={target} onClose={onClose}>
      <SegmentedControl
        aria-label="Whose tokens"
        segments={[
          { value: 'application', label: 'An application' },
          { value: 'user', label: 'A user' },
          { value: 'device', label: 'A device' },
        ]}
        value={what}
        onChange={(next) => {
          setWhat(next);
          setName(undefined);
        }}
      />
      <Field
        label={{ application: 'Application', user: 'User', device: 'Device' }[what]}
        {...(what === 'device' && { hint: 'In all applications and of all users.' })}
      >
        <Combobox
          key={what}
          noun={what}
          options={choices}
          value={name}
          onChange={setName}
          {...(what === 'device' && { onCreate: setName, createLabel: (text: string) => `The device “${text}”` })}
        />
      </Field>
      {what === 'application' && (
        <Field label="Key type">
          <Select options={keyTypeOptions} value={keyType} onChange={setKeyType} />
        </Field>
      )}
    </RevokeForm>
  );
};
