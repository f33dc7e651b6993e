import { hostOfAddress } from '../../../preload/contract/servers.ts';
import { posix } from '../../../preload/contract/trustTexts.ts';
import { fieldsText } from '../text/rows.ts';
import { revokedToo, type TopicTraits } from './traits.ts';

export const keys: TopicTraits<'keys'> = {
  summary: 'Key sets: consumer key, consumer secret, grants and lifetimes',
  group: 'core',
  methods: {
    list: {
      list: {
        columns: [
          'application',
          'keyType',
          'consumerKey',
          'origin',
          'state',
          'issueBehaviour',
          'grantTypes',
          'createdAtMs',
        ],
        text: ['application', 'grantTypes'],
        optional: ['createdAtMs', 'issueBehaviour', 'grantTypes', 'state', 'origin'],
        empty: 'No keys yet. Generate them: `keyfob keys generate`',
      },
    },
    generate: {
      named: ['keyType'],
      examples: [
        '--application Shop --key-type PRODUCTION',
        '--application Shop --key-type SANDBOX --lifetime never --scope "read write"',
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
    provide: {
      named: ['keyType'],
      examples: [
        '--application Shop --key-type PRODUCTION --token-url https://gw.example.com:8243/token --consumer-key wU62DjlyDBnq87GlBwplfqvmAbAa',
        '--application Shop --key-type SANDBOX --kind wso2-4.x --token-url https://am.example.com:9443/oauth2/token --consumer-key key --consumer-secret - < secret.txt',
      ],
      result: ({ application, keyType, server, warnings }) => ({
        done: [
          `Stored the ${keyType} keys of "${application}", which ${hostOfAddress(server?.tokenUrl ?? '')} issued.`,
          ...warnings,
        ].join(' '),
        next: `keyfob snippets render --application ${posix(application)} --key-type ${keyType}   (a command for that server)`,
      }),
    },
    updateServer: {
      examples: [
        '--application Shop --key-type PRODUCTION --revoke-url https://gw.example.com:8243/revoke',
        '--application Shop --key-type PRODUCTION --no-served-here',
        '--application Shop --key-type PRODUCTION --consumer-secret - < secret.txt',
      ],
      result: ({ application, keyType, tokensRevoked, warnings }) => ({
        done: [
          `Updated the server of the ${keyType} keys of "${application}"${revokedToo(tokensRevoked)}`,
          ...warnings,
        ].join(' '),
      }),
    },
    readCommand: {
      examples: ['--command - < sample.sh'],
      show: ({ warnings, ...read }, { now }) => ({ out: fieldsText(read, now), notes: warnings }),
    },
    update: {
      examples: ['--application Shop --key-type PRODUCTION --issue-behaviour renew'],
      result: ({ application, keyType }) => ({ done: `Updated the ${keyType} keys of "${application}".` }),
    },
    regenerateSecret: {
      named: ['application', 'keyType'],
      result: ({ consumerKey, consumerSecret, tokensRevoked }) => ({
        done: `Created a new consumer secret${revokedToo(tokensRevoked)}`,
        values: { consumerKey, consumerSecret },
      }),
    },
    revoke: {
      named: ['application', 'keyType'],
      result: ({ consumerKey, tokensRevoked }, { application, keyType }) => ({
        done: `Revoked the key set ${consumerKey}${revokedToo(tokensRevoked)}`,
        next: `keyfob keys regenerate-secret --application ${posix(String(application))} --key-type ${keyType}   (it works again)`,
      }),
    },
  },
};
