import { posix } from '../../../preload/contract/trustTexts.ts';
import { type Result, revokedToo, type TopicTraits } from './traits.ts';

const changed =
  (verb: string) =>
  ({ username, tokensRevoked }: { readonly username: string; readonly tokensRevoked: number }): Result => ({
    done: `${verb} "${username}"${revokedToo(tokensRevoked)}`,
  });

export const users: TopicTraits<'users'> = {
  summary: 'Users, the owners of user tokens',
  group: 'core',
  subjects: ['user', 'username'],
  methods: {
    list: {
      list: {
        columns: ['id', 'username', 'roles', 'enabled', 'hasPassword', 'ownsApplications', 'createdAtMs'],
        text: ['roles'],
        optional: ['createdAtMs', 'ownsApplications', 'hasPassword'],
        empty: 'No users yet. Create one: `keyfob users create`',
      },
    },
    create: {
      examples: ['--user tester', '--user tester --roles admin --password-stdin < password.txt'],
      result: ({ username, id, note }) => ({
        done: `Created user "${username}" (id ${id}).`,
        // A user with a note belongs to another tenant, so no application here issues tokens for them.
        ...(note === undefined
          ? { next: `keyfob tokens issue --application <name> --key-type PRODUCTION --user ${posix(username)}` }
          : { values: { note } }),
      }),
    },
    setRoles: {
      result: ({ username, roles }) => ({
        done: `Set the roles of "${username}": ${roles.length === 0 ? 'none' : roles.join(', ')}.`,
      }),
    },
    setClaims: {
      examples: [
        '--user tester --given-name Tess --email tess@example.com --groups staff buyers',
        `--user tester --other-claims '{"department": "Sales", "level": 3}'`,
      ],
      result: ({ username, claims }) => ({ done: `Set the claims of "${username}".`, values: claims }),
    },
    setPassword: {
      examples: ['--user tester', '--user tester --password-stdin < password.txt'],
      result: changed('Set the password of'),
    },
    disable: { result: changed('Disabled user') },
    enable: { result: ({ username }) => ({ done: `Enabled user "${username}".` }) },
    delete: { result: changed('Deleted user') },
  },
};
