import { deviceName, type KeyType } from '../../../preload/contract/values.ts';
import { useKeyfobState } from '../../store/context.ts';
import { useRead } from '../../store/hooks/calls/useRead.ts';
import { Combobox } from '../../ui/choices/Combobox.tsx';
import styles from './ContextBar.module.css';

/** The option for "no device". Device names have no spaces. */
const none = 'no device';

interface DevicePickerProps {
  /** Owner of the devices. `undefined` without keys or without a user. */
  readonly owner: { readonly application: string; readonly keyType: KeyType; readonly username?: string } | undefined;
  readonly device: string | undefined;
}

/** Picks the context's device: one with an active token, or a typed name. */
export const DevicePicker = ({ owner, device }: DevicePickerProps) => {
  const use = useKeyfobState((state) => state.windowContext.use);
  const live = useRead('devices.list', owner).value?.items ?? [];
  const names = new Set([device, ...live.map((token) => token.device)].filter((name) => name !== undefined));
  return (
    <Combobox
      aria-label="Device"
      noun="device"
      className={styles.picker ?? ''}
      value={device ?? none}
      options={[
        { value: none, label: 'No device' },
        ...[...names].map((name) => ({ value: name, label: name, description: `device_${name}` })),
      ]}
      onChange={(name) => use({ device: name === none ? undefined : name })}
      createLabel={(typed) => `Device “${typed}”`}
      onCreate={(text) => {
        const name = text.replace(/^device_/, '').replace(/\s+/g, '-');
        if (deviceName.safeParse(name).success) use({ device: name });
      }}
    />
  );
};
