import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import { showMinted } from './devices.ts';
import { count, type Result, type TopicTraits } from './traits.ts';

const done =
  (verb: string) =>
  ({ name, application, devices }: DeviceSet): Result => ({
    done: `${verb} device set "${name}" of "${application}": ${count(devices.length, 'device')}.`,
  });

export const deviceSets: TopicTraits<'deviceSets'> = {
  summary: 'Named sets of devices, to mint for again',
  group: 'core',
  methods: {
    list: {
      examples: ['--application Shop'],
      list: {
        columns: ['name', 'application', 'keyType', 'user', 'validitySeconds', 'scope', 'devices'],
        text: ['scope', 'devices'],
        optional: ['scope', 'validitySeconds', 'application'],
        empty: 'No device sets yet. Save one: `keyfob device-sets save`',
      },
    },
    save: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --name "Release 4 phones" --device pixel --device iphone',
        '--application Shop --key-type SANDBOX --name Trial --device ipad --lifetime 10m',
      ],
      result: ({ replaced, ...set }) => ({
        ...done(replaced ? 'Replaced' : 'Saved')(set),
        next: `keyfob device-sets mint --application "${set.application}" --set "${set.name}"`,
      }),
    },
    rename: { examples: ['--application Shop --set Phones --name "Release 4 phones"'], result: done('Renamed') },
    delete: { examples: ['--application Shop --set "Release 4 phones"'], result: done('Deleted') },
    mint: {
      examples: [
        '--application Shop --set "Release 4 phones"',
        '--application Shop --set "Release 4 phones" --lifetime 10m',
      ],
      show: showMinted,
    },
  },
};
