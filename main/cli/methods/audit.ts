import type { TopicTraits } from './traits.ts';

export const audit: TopicTraits<'audit'> = {
  summary: 'Log of reused tokens and refused requests',
  group: 'additional',
  bare: 'list',
  tokenTimes: true,
  methods: {
    list: {
      list: {
        columns: ['atMs', 'application', 'keyType', 'tokenId', 'text'],
        text: ['application', 'text'],
        optional: ['keyType', 'application'],
        empty: 'No reused tokens or refused requests yet.',
      },
    },
  },
};
