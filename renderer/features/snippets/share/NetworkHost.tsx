import { Network } from 'lucide-react';
import { useState } from 'react';
import { endpointNames, ownNames } from '../../../../preload/contract/endpointNames.ts';
import { useCall } from '../../../store/hooks/calls/useCall.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { hrefOf } from '../../../store/window/route.ts';
import { Button } from '../../../ui/buttons/Button.tsx';
import { Select } from '../../../ui/choices/Select.tsx';
import { Banner } from '../../../ui/feedback/Banner.tsx';
import { Field } from '../../../ui/fields/Field.tsx';
import { TextInput } from '../../../ui/fields/TextInput.tsx';
import styles from './ShareDialog.module.css';

const isAddress = (name: string): boolean => /^[\d.]+$|:/.test(name);

/** The names and addresses of this machine that its network may know, addresses first. `undefined` while loading. */
export function useNetworkHosts(): readonly string[] | undefined {
  const extraNames = useRead('settings.read', {}).value?.extraNames;
  const status = useRead('endpoint.status', {}).value;
  if (extraNames === undefined || status === undefined) return undefined;
  const all = new Set([...endpointNames(extraNames), ...status.names]);
  for (const own of ownNames) all.delete(own);
  return [...all]
    .filter((name) => !/(?:^|\.)localhost$/i.test(name))
    .toSorted((one, other) => Number(isAddress(other)) - Number(isAddress(one)));
}

/** The endpoint has no name in the network yet. Adds one. */
const AddHost = () => {
  const write = useCall('settings.write');
  const settings = useRead('settings.read', {}).value;
  const [suggested] = useRead('endpoint.status', {}).value?.networkAddresses ?? [];
  const [typed, setTyped] = useState<string>();
  const name = (typed ?? suggested ?? '').trim();
  const add = () => void write.run({ extraNames: [...(settings?.extraNames ?? []), name] });
  return (
    <>
      <Banner tone="warn" title="The endpoint answers on this machine only.">
        An address of this machine opens it to the network. Anyone there who knows a consumer key and secret can then
        get tokens. The certificate is renewed for the new name. Remove it under{' '}
        <a href={hrefOf({ screen: 'endpoint', part: 'certificate' })}>Certificate and trust</a>.
      </Banner>
      <Field
        label="Address or name of this machine"
        error={write.error?.message}
        hint="A private address, or a name that ends in .local, .test or .internal."
      >
        <div className={styles.host}>
          <TextInput
            mono
            placeholder="192.168.1.20"
            value={typed ?? suggested ?? ''}
            onChange={(event) => {
              setTyped(event.target.value);
              write.reset();
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || name === '') return;
              // Enter in this field must not save the files.
              event.preventDefault();
              if (!write.pending) add();
            }}
          />
          <Button icon={Network} loading={write.pending} disabled={name === ''} onClick={add}>
            Add it
          </Button>
        </div>
      </Field>
    </>
  );
};

interface NetworkHostProps {
  readonly value: string | undefined;
  readonly onChange: (host: string) => void;
}

/** Chooses the address that the receiver uses, or adds the first one. */
export const NetworkHost = ({ value, onChange }: NetworkHostProps) => {
  const hosts = useNetworkHosts();
  const [first] = hosts ?? [];
  if (hosts === undefined) return null;
  if (first === undefined) return <AddHost />;
  return (
    <Field label="Address">
      <Select
        options={hosts.map((host) => ({ value: host, label: host }))}
        value={value ?? first}
        onChange={onChange}
      />
    </Field>
  );
};
