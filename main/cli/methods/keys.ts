import { posix } from '../../../preload/contract/trustTexts.ts';
import { revokedToo, type TopicTraits } from './traits.ts';

export const keys: TopicTraits<'keys'> = {
  summary: 'Key sets: consumer key, consumer secret, grants and lifetimes',
  group: 'core',
  methods: {
    list: {
      list: {
        columns: ['application', 'keyType', 'consumerKey', 'state', 'issueBehaviour', 'grantTypes', 'createdAtMs'],
        text: ['application', 'grantTypes'],
        optional: ['createdAtMs', 'issueBehaviour', 'grantTypes', 'state'],
        empty: 'No keys yet. Generate them: `keyfob keys generate`',
      },
    },
    generate: {
      examples: [
        '--application Shop --key-type PRODUCTION',
        '--application Shop --key-type SANDBOX --validity-seconds -1 --scope "read write"',
      ],
      result: ({ application, keyType, consumerKey, consumerSecret, token }) => ({
        done: `Generated the ${keyType} keys of "${application}", and token ${token.id}.`,
        values: {
          consumerKey,
          consumerSecret,
          accessToken: token.accessToken,
          scope: token.scope,
          expiresInSeconds: token.expiresInSeconds,
        },
        next: 'keyfob serve',
      }),
    },
    update: {
      examples: ['--application Shop --key-type PRODUCTION --issue-behaviour renew'],
      result: ({ application, keyType }) => ({ done: `Updated the ${keyType} keys of "${application}".` }),
    },
    regenerateSecret: {
      result: ({ consumerKey, consumerSecret, tokensRevoked }) => ({
        done: `Created a new consumer secret${revokedToo(tokensRevoked)}`,
        values: { consumerKey, consumerSecret },
      }),
    },
    revoke: {
      result: ({ consumerKey, tokensRevoked }, { application, keyType }) => ({
        done: `Revoked the key set ${consumerKey}${revokedToo(tokensRevoked)}`,
        next: `keyfob keys regenerate-secret --application ${posix(String(application))} --key-type ${keyType}   (it works again)`,
      }),
    },
  },
};
