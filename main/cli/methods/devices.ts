import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import { rowsText, type Shown, type ShowOptions } from '../text/rows.ts';
import { demandRevoked } from './revocations.ts';
import { count, type TopicTraits } from './traits.ts';

const minted = {
  columns: ['device', 'id', 'accessToken', 'expiresInSeconds', 'reused'],
  text: [],
  optional: ['reused', 'expiresInSeconds'],
} as const;

/** A token for each device, and a note where a reused one does not have the lifetime that was chosen. */
export function showMinted({ items }: OutputOf<MethodOf<'devices.mint'>>, options: ShowOptions): Shown {
  const { out, notes } = rowsText(minted, items, options);
  const kept = items.filter(({ reused, reason }) => reused && reason.chosenValiditySeconds !== undefined).length;
  const note = `${count(kept, 'live token')} keeps its own expiry. The lifetime is for new tokens.`;
  return { out, notes: kept === 0 ? notes : [...notes, kept === 1 ? note : note.replace('keeps its', 'keep their')] };
}

export const devices: TopicTraits<'devices'> = {
  summary: 'One token per device',
  group: 'core',
  subjects: ['device'],
  tokenTimes: true,
  methods: {
    mint: {
      examples: [
        'ipad iphone --application Shop --key-type PRODUCTION --user tester',
        'ipad --application Shop --key-type PRODUCTION --user tester --lifetime 10m',
      ],
      show: showMinted,
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
