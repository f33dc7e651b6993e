import { demandRevoked } from './revocations.ts';
import { count, type TopicTraits } from './traits.ts';

export const devices: TopicTraits<'devices'> = {
  summary: 'One token per device',
  group: 'core',
  subjects: ['device'],
  tokenTimes: true,
  methods: {
    mint: {
      examples: ['ipad iphone --application Shop --key-type PRODUCTION --user tester'],
      list: {
        columns: ['device', 'id', 'accessToken', 'expiresInSeconds', 'reused'],
        text: [],
        optional: ['reused', 'expiresInSeconds'],
        empty: 'No device was named.',
      },
    },
    list: {
      list: {
        columns: ['device', 'id', 'user', 'scope', 'issuedAtMs', 'expiresAtMs'],
        text: ['user', 'scope'],
        optional: ['issuedAtMs', 'scope'],
        empty: 'No live device tokens. Mint some: `keyfob devices mint`',
      },
    },
    revoke: {
      demandEffect: ({ revoked }, input, call) => demandRevoked(revoked.length, input, call),
      result: ({ revoked }, { device }) => ({
        done: `Revoked ${count(revoked.length, 'token')} of device "${device}": ${revoked.join(', ')}.`,
      }),
    },
    verify: {
      examples: ['--application Shop --key-type PRODUCTION --user tester'],
      ownerOnly: true,
      list: {
        columns: ['device', 'tokenId', 'status', 'text'],
        text: ['text'],
        optional: ['status'],
        empty: 'No device tokens.',
      },
      exitCode: ({ items }) => (items.every(({ ok }) => ok) ? 0 : 1),
    },
  },
};
