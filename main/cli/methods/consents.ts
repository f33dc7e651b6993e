import { revokedToo, type TopicTraits } from './traits.ts';

export const consents: TopicTraits<'consents'> = {
  summary: 'Remembered consents: which scopes a user approved for good',
  group: 'core',
  subjects: ['consent'],
  methods: {
    list: {
      examples: ['--user tester', '--application Shop'],
      list: {
        columns: ['id', 'user', 'application', 'keyType', 'scope', 'approvedAtMs'],
        text: ['user', 'application', 'scope'],
        optional: ['approvedAtMs', 'keyType'],
        empty: 'No remembered consents. A user creates one with "Always approve" at /authorize.',
      },
    },
    withdraw: {
      examples: ['--consent 3'],
      result: ({ user, application, tokensRevoked }) => ({
        done: `Withdrew the consent of "${user}" to "${application}"${revokedToo(tokensRevoked)}`,
      }),
    },
  },
};
