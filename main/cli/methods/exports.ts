import { count, type TopicTraits } from './traits.ts';

const notKeptNotes = (notKept: number): readonly string[] =>
  notKept === 0 ? [] : [`Only hashes of ${count(notKept, 'token')} are stored: placeholders replace them.`];

export const exports: TopicTraits<'exports'> = {
  summary: 'Export applications, calls and device tokens for people, API clients, scripts and API Manager',
  group: 'core',
  methods: {
    call: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --device ipad --call api --out ipad-call',
        '--application Shop --key-type PRODUCTION --receiver network --host 192.168.1.20 --forms bash powershell --out call',
      ],
      file: { access: 'writeFolder', holds: 'the files, a folder' },
      show: ({ folder, files, notes, warnings }) => ({
        out: '',
        notes: [
          `✓ Wrote the call to ${folder}: ${files.join(', ')}`,
          ...warnings.map((one) => `Note: ${one}`),
          ...notes,
        ],
      }),
    },
    application: {
      examples: [
        '--application Shop --format bruno --user tester --out shop',
        '--application Shop --format apictl --secrets real --out admin-Shop',
      ],
      file: { access: 'writeFolder', holds: 'the files, a folder' },
      show: ({ folder, calls, devices, files, notKept, toFillIn, notes }) => ({
        out: '',
        notes: [
          calls === 0
            ? `✓ Wrote the application to ${folder}: ${files.join(', ')}`
            : `✓ Wrote ${count(calls, 'call')} and ${count(devices, 'device token')} to ${folder}: ${files.join(', ')}`,
          ...notKeptNotes(notKept),
          ...toFillIn,
          ...notes,
        ],
      }),
    },
    devices: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --format postman --out shop',
        '--application Shop --key-type PRODUCTION --user tester --format env --secrets real --out shop',
        '--application Shop --key-type PRODUCTION --user tester --format qr-sheet --secrets real --out shop',
      ],
      file: { access: 'writeFolder', holds: 'the files, a folder' },
      show: ({ folder, devices, files, expired, notKept, notes }) => ({
        out: '',
        notes: [
          `✓ Wrote ${count(devices, 'device token')} to ${folder}: ${files.join(', ')}`,
          ...(expired === 0 ? [] : [`${count(expired, 'expired token')} left out. --include-expired includes them.`]),
          ...notKeptNotes(notKept),
          ...notes,
        ],
      }),
    },
  },
};
