import { useMemo, useState } from 'react';
import type { DeviceSet } from '../../../../preload/contract/deviceSets.ts';
import { useKeyfob } from '../../../store/context.ts';
import { useRead } from '../../../store/hooks/calls/useRead.ts';
import { useToast } from '../../../store/hooks/window/window.ts';
import type { DeviceDraft, MintChoice } from '../../../store/topics/devices/devices.ts';
import type { DeviceOwner } from '../../../store/topics/devices/deviceTokens.ts';
import { deleteSet, saveSet } from '../../../store/verbs/deviceSets.ts';
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
  const keyfob = useKeyfob();
  const toast = useToast();
  const { application, keyType, username } = owner;
  const [saving, setSaving] = useState<UnnamedSet>();
  const [renaming, setRenaming] = useState<DeviceSet>();
  const all = useRead('deviceSets.list', { application }).value?.items;
  const sets = useMemo(
    () => (all ?? []).filter((set) => set.keyType === keyType && set.user === username),
    [all, keyType, username],
  );
  const saveUnder = async (name: string) => {
    if (saving === undefined) return;
    await saveSet(keyfob, { ...{ application, keyType, user: username, name }, ...saving });
    toast({ tone: 'good', title: `${countOf(saving.devices.length, 'device')} saved as ${name}.` });
  };
  const rename = async (name: string) => {
    if (renaming !== undefined) await keyfob.host.call('deviceSets.rename', { application, set: renaming.name, name });
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
    remove: (set) => void deleteSet(keyfob, set),
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
