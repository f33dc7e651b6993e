import type { DeviceSet } from '../../../preload/contract/deviceSets.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';
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
  subjects: ['set', 'name'],
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
        '"Release 4 phones" --application Shop --key-type PRODUCTION --user tester --device pixel iphone',
        'Trial --application Shop --key-type SANDBOX --device ipad --lifetime 10m',
      ],
      result: ({ replaced, ...set }) => ({
        ...done(replaced ? 'Replaced' : 'Saved')(set),
        next: `keyfob device-sets mint ${posix(set.name)} --application ${posix(set.application)}`,
      }),
    },
    rename: { examples: ['Phones --application Shop --name "Release 4 phones"'], result: done('Renamed') },
    delete: { examples: ['"Release 4 phones" --application Shop'], result: done('Deleted') },
    mint: {
      examples: ['"Release 4 phones" --application Shop', '"Release 4 phones" --application Shop --lifetime 10m'],
      show: showMinted,
    },
  },
};
