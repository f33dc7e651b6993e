import { posix } from '../../../preload/contract/trustTexts.ts';
import { revokedToo, type TopicTraits } from './traits.ts';

export const applications: TopicTraits<'applications'> = {
  summary: 'Applications, each with up to two key sets',
  group: 'core',
  subjects: ['application', 'name'],
  methods: {
    list: {
      list: {
        columns: ['id', 'name', 'owner', 'tier', 'keyTypes', 'activeTokens', 'createdAtMs'],
        text: ['owner', 'tier'],
        optional: ['createdAtMs', 'tier', 'owner'],
        empty: 'No applications yet. Create one: `keyfob applications create --name Shop`',
      },
    },
    create: {
      examples: ['--name Shop', '--name Shop --owner admin --json'],
      result: ({ name, id }) => ({
        done: `Created application "${name}" (id ${id}).`,
        next: `keyfob keys generate --application ${posix(name)} --key-type PRODUCTION`,
      }),
    },
    update: {
      named: ['application'],
      examples: ['--application Shop --name Store'],
      result: ({ name, id }) => ({ done: `Updated application "${name}" (id ${id}).` }),
    },
    delete: {
      named: ['application'],
      result: ({ name, tokensRevoked }) => ({
        done: `Deleted application "${name}"${revokedToo(tokensRevoked)}`,
        next: `keyfob applications restore --application ${posix(name)}   (undoes it, within 8 seconds)`,
      }),
    },
    restore: {
      named: ['application'],
      examples: ['--application Shop'],
      result: ({ name, id }) => ({ done: `Restored application "${name}" (id ${id}).` }),
    },
  },
};
