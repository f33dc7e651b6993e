import type { TopicTraits } from './traits.ts';

export const signingKeys: TopicTraits<'signingKeys'> = {
  summary: 'Keys that sign JWTs',
  group: 'additional',
  subjects: ['algorithm'],
  methods: {
    list: {
      list: {
        columns: ['kid', 'algorithm', 'state', 'published', 'createdAtMs', 'publishedUntilMs'],
        text: [],
        optional: ['createdAtMs', 'published'],
        empty: 'No signing keys yet. Open the vault to create them.',
      },
    },
    rotate: {
      examples: ['--algorithm ES256'],
      result: ({ kid, algorithm }) => ({ done: `Created the ${algorithm} key ${kid}, which signs new JWTs.` }),
    },
  },
};
