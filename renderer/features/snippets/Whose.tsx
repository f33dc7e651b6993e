import { deviceName } from '../../../preload/contract/values.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/reads.ts';
import { Combobox } from '../../ui/Combobox.tsx';
import { Field } from '../../ui/Field.tsx';
import { KeyTypeSwitch } from '../../ui/KeyTypeSwitch.tsx';
import { TextInput } from '../../ui/TextInput.tsx';
import styles from './rows.module.css';
import { ownerOf, type Target } from './useTarget.ts';

interface WhoseProps {
  readonly target: Target;
  /** What is wrong with a field, by its name in the contract. */
  readonly faultAt: (path: 'device' | 'scope') => string | undefined;
}

/** Stands for "no user" and "no device" among the choices. */
const nobody = '';

const Device = ({ target, faultAt }: WhoseProps) => {
  const select = useKeyfobState((state) => state.selection.select);
  const live = useRead('devices.list', target.keySet === undefined ? undefined : ownerOf(target)).value?.items ?? [];
  const names = new Set([target.device, ...live.map(({ device }) => device)].filter((name) => name !== undefined));
  return (
    <Field label="Device" beside error={faultAt('device')}>
      <Combobox
        noun="device"
        value={target.device ?? nobody}
        options={[
          { value: nobody, label: 'None' },
          ...[...names].map((name) => ({ value: name, label: name, description: `device_${name}` })),
        ]}
        onChange={(name) => select({ device: name === nobody ? undefined : name })}
        createLabel={(typed) => `Device “${typed}”`}
        onCreate={(text) => {
          const name = text.replace(/^device_/, '').replace(/\s+/g, '-');
          if (deviceName.safeParse(name).success) select({ device: name });
        }}
      />
    </Field>
  );
};

/** Whose token a command is about. It follows the screens, and can be changed here. */
export const Whose = ({ target, faultAt }: WhoseProps) => {
  const select = useKeyfobState((state) => state.selection.select);
  const applications = useRead('applications.list', {}).value?.items ?? [];
  const users = useRead('users.list', {}).value?.items ?? [];
  return (
    <div className={styles.rows}>
      <Field label="Application" beside>
        <Combobox
          noun="application"
          value={target.application.name}
          options={applications.map(({ name }) => ({ value: name, label: name }))}
          onChange={(application) => select({ application })}
        />
      </Field>
      <Field label="Key type" beside>
        <KeyTypeSwitch size="small" value={target.keyType} onChange={(keyType) => select({ keyType })} />
      </Field>
      <Field label="User" beside>
        <Combobox
          noun="user"
          value={target.user?.username ?? nobody}
          options={[
            { value: nobody, label: 'None: application token' },
            ...users.map(({ username, enabled }) => ({
              value: username,
              label: username,
              ...(!enabled && { description: 'disabled' }),
            })),
          ]}
          onChange={(username) => select({ username: username === nobody ? undefined : username })}
        />
      </Field>
      <Device target={target} faultAt={faultAt} />
      <Field label="Scopes" beside error={faultAt('scope')}>
        <TextInput
          mono
          placeholder="separated by blanks"
          value={target.scope}
          onChange={(event) => select({ scope: event.target.value })}
        />
      </Field>
    </div>
  );
};
