import { useMemo, useState } from 'react';
import type { DeviceSet } from '../../../../preload/contract/deviceSets.ts';
import { useKeyfob } from '../../../store/context.ts';
import { asKeyfobError } from '../../../store/core/resource.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import type { DeviceDraft, MintChoice } from '../../../store/topics/devices.ts';
import type { DeviceOwner } from '../../../store/topics/deviceTokens.ts';
import { failureToast } from '../../../store/window/toasts.ts';
import { countOf } from '../../../ui/facts/count.ts';
import { formatDuration } from '../../../ui/facts/duration.ts';
import { keyTypeNames } from '../../../ui/facts/keyTypeNames.ts';
import type { SetActions } from './DeviceSets.tsx';

/** The content of a set before it has a name. */
export type UnnamedSet = Pick<DeviceSet, 'devices' | 'scope' | 'validitySeconds'>;

/** The form that sets fill, and the minting that they start. */
interface SetUse {
  readonly owner: DeviceOwner;
  change(patch: Partial<DeviceDraft>): void;
  mintFor(device: readonly string[], choice: MintChoice): void;
}

/** The device sets of an application, and what can be done with those of one owner. */
export function useDeviceSets({ owner, change, mintFor }: SetUse) {
  const { host, store } = useKeyfob();
  const { application, keyType, username } = owner;
  const [saving, setSaving] = useState<UnnamedSet>();
  const [renaming, setRenaming] = useState<DeviceSet>();
  const all = useRead('deviceSets.list', { application }).value?.items;
  const sets = useMemo(
    () => (all ?? []).filter((set) => set.keyType === keyType && set.user === username),
    [all, keyType, username],
  );
  const save = async (set: UnnamedSet & { readonly name: string }) => {
    const { devices: device, scope, name, validitySeconds } = set;
    const whose = { application, keyType, ...(username !== undefined && { username }) };
    const lifetime = validitySeconds === undefined ? {} : { validitySeconds };
    await host.call('deviceSets.save', { ...whose, name, device: [...device], scope, ...lifetime });
  };
  const saveUnder = async (name: string) => {
    if (saving === undefined) return;
    await save({ ...saving, name });
    store
      .getState()
      .toasts.show({ tone: 'good', title: `${countOf(saving.devices.length, 'device')} saved as ${name}.` });
  };
  const rename = async (name: string) => {
    if (renaming !== undefined) await host.call('deviceSets.rename', { application, set: renaming.name, name });
  };
  const remove = async (set: DeviceSet) => {
    const { toasts } = store.getState();
    const undo = () =>
      save(set).catch((error: unknown) =>
        toasts.show(failureToast(`${set.name} was not saved.`, asKeyfobError(error))),
      );
    try {
      await host.call('deviceSets.delete', { application, set: set.name });
      toasts.show({
        title: `${set.name} was deleted.`,
        detail: 'Its devices keep their tokens.',
        action: { label: 'Undo', alternative: 'Save the set again', run: () => void undo() },
      });
    } catch (error) {
      toasts.show(failureToast(`${set.name} was not deleted.`, asKeyfobError(error)));
    }
  };
  const actions: SetActions = {
    fill: ({ devices, scope, validitySeconds }) =>
      change({
        names: devices,
        scopes: scope.split(' ').filter((name) => name !== ''),
        lifetime: validitySeconds === undefined ? '' : formatDuration(validitySeconds),
      }),
    mint: ({ devices, ...choice }) => mintFor(devices, choice),
    rename: setRenaming,
    remove: (set) => void remove(set),
  };
  /** The set that saving under a name replaces, in words. */
  const lossOf = (name: string): string | undefined => {
    const found = all?.find((set) => set.name === name);
    if (found === undefined) return undefined;
    const whose = `${keyTypeNames[found.keyType]}, ${found.user ?? 'application tokens'}`;
    return `${name} exists: ${countOf(found.devices.length, 'device')} of ${whose}. Saving replaces it.`;
  };
  return { sets, actions, saving, setSaving, saveUnder, renaming, setRenaming, rename, lossOf };
}
