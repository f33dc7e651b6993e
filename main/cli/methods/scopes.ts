import type { TopicTraits } from './traits.ts';

export const scopes: TopicTraits<'scopes'> = {
  summary: 'Scopes, and the roles that they need',
  group: 'core',
  subjects: ['name'],
  methods: {
    list: {
      list: {
        columns: ['name', 'roles', 'apis', 'description'],
        text: ['roles', 'apis', 'description'],
        optional: ['apis'],
        empty: 'No scopes yet. Create one: `keyfob scopes create --name read`',
      },
    },
    create: {
      result: ({ name, roles }) => ({
        done: `Created scope "${name}"${roles.length === 0 ? '.' : `, for users with a role of ${roles.join(', ')}.`}`,
      }),
    },
    update: {
      examples: [
        '--name read --roles admin --roles tester',
        "--name read --roles ''",
        '--name read --apis orders/1.0.0',
      ],
      result: ({ name }) => ({ done: `Updated scope "${name}".` }),
    },
    delete: { result: ({ name }) => ({ done: `Deleted scope "${name}".` }) },
  },
};
