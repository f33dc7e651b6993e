import { Layers } from 'lucide-react';
import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import type { Keyfob } from '../../store/context.ts';
import { mintSet } from '../../store/verbs/deviceSets.ts';
import { countOf } from '../../ui/facts/count.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import type { PaletteEntry } from './entry.ts';

/** "Shop · Production · ann · 12 devices" */
export const setDetail = ({ application, keyType, user, devices }: DeviceSet): string =>
  `${application} · ${keyTypeNames[keyType]} · ${user ?? 'no user'} · ${countOf(devices.length, 'device')}`;

/** Mints the devices of a saved set. */
export const setEntries = (keyfob: Keyfob, sets: readonly DeviceSet[]): readonly PaletteEntry[] =>
  sets.map((set) => ({
    id: `device set ${set.id}`,
    label: `Mint ${set.name}`,
    detail: setDetail(set),
    keywords: ['device set', ...set.devices.slice(0, 10)],
    icon: Layers,
    run: () => void mintSet(keyfob, set),
  }));
