import { Layers } from 'lucide-react';
import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import type { Keyfob } from '../../store/context.ts';
import { countOf } from '../../ui/facts/count.ts';
import { keyTypeNames } from '../../ui/facts/keyTypeNames.ts';
import type { PaletteEntry } from './entry.ts';

/** Mints the devices of a saved set. Its owner becomes the context, so that the tokens are on the screen. */
export const setEntries = ({ store }: Keyfob, sets: readonly DeviceSet[]): readonly PaletteEntry[] =>
  sets.map(({ id, application, applicationId, keyType, user, name, devices, scope, validitySeconds }) => ({
    id: `device set ${id}`,
    label: `Mint ${name}`,
    detail: `${application} · ${keyTypeNames[keyType]} · ${user ?? 'no user'} · ${countOf(devices.length, 'device')}`,
    keywords: ['device set', ...devices.slice(0, 10)],
    icon: Layers,
    async run() {
      const { route, windowContext, devices: minting } = store.getState();
      await windowContext.take({ application, keyType, username: user, scope: '' });
      route.go({ screen: 'devices' });
      await minting.mint({ applicationId, application, keyType, username: user }, devices, { scope, validitySeconds });
    },
  }));
