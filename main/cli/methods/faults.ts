import { count, type TopicTraits } from './traits.ts';

export const faults: TopicTraits<'faults'> = {
  summary: 'Faults on purpose: error replies to test an app with',
  group: 'additional',
  subjects: ['fault', 'kind'],
  bare: 'list',
  methods: {
    list: {
      list: {
        columns: ['id', 'kind', 'left', 'route', 'application', 'keyType', 'api', 'text'],
        text: ['application', 'api', 'text'],
        optional: ['keyType', 'api', 'application', 'route'],
        empty: 'No faults on purpose. Add one: `keyfob faults add`',
      },
    },
    add: {
      examples: [
        '--kind throttled --replies 3 --seconds 10',
        '--kind invalid_grant --route token --application Shop --key-type PRODUCTION',
        '--kind delay --seconds 5 --api echo/1.0',
      ],
      result: ({ id, text }) => ({ done: text, next: `keyfob faults end --fault ${id}   (ends it early)` }),
    },
    end: { result: ({ id }) => ({ done: `Ended fault ${id}.` }) },
    endAll: { result: ({ ended }) => ({ done: `Ended ${count(ended, 'fault')}.` }) },
  },
};
