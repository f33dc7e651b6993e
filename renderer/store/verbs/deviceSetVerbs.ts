import { Pencil, Smartphone, TextCursorInput, Trash2 } from 'lucide-react';
import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import type { Keyfob } from '../context.ts';
import type { DeviceSetDialog } from '../window/askedDialog.ts';
import { deleteSet, mintSet } from './deviceSets.ts';
import type { Verb } from './verb.ts';

interface DeviceSetVerbActions {
  readonly keyfob: Keyfob;
  ask(dialog: DeviceSetDialog, set: DeviceSet): void;
}

/** The actions on a device set. */
export const deviceSetVerbs: readonly Verb<DeviceSet, DeviceSetVerbActions>[] = [
  {
    id: 'mint set',
    words: ['mint', 'issue', 'run'],
    icon: Smartphone,
    label: () => 'Mint',
    named: (name) => `Mint ${name}`,
    group: 1,
    run: (set, { keyfob }) => void mintSet(keyfob, set),
  },
  {
    id: 'fill in set',
    words: ['fill', 'use', 'edit', 'change', 'open', 'show'],
    icon: TextCursorInput,
    label: () => 'Fill in',
    named: (name) => `Fill in ${name}`,
    group: 1,
    run: (set, { ask }) => ask('fill', set),
  },
  {
    id: 'rename set',
    words: ['rename', 'edit', 'change'],
    icon: Pencil,
    label: () => 'Rename…',
    named: (name) => `Rename ${name}…`,
    group: 1,
    run: (set, { ask }) => ask('rename', set),
  },
  {
    id: 'delete set',
    words: ['delete', 'remove'],
    icon: Trash2,
    label: () => 'Delete',
    named: (name) => `Delete the device set ${name}`,
    group: 2,
    danger: true,
    run: (set, { keyfob }) => void deleteSet(keyfob, set),
  },
];
