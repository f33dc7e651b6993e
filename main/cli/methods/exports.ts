import { count, type TopicTraits } from './traits.ts';

export const exports: TopicTraits<'exports'> = {
  summary: 'Export calls and device tokens for other people and programs',
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
    devices: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --format postman --out shop',
        '--application Shop --key-type PRODUCTION --user tester --format env --secrets real --out shop',
      ],
      file: { access: 'writeFolder', holds: 'the files, a folder' },
      show: ({ folder, devices, files, expired, notKept, notes }) => ({
        out: '',
        notes: [
          `✓ Wrote ${count(devices, 'device token')} to ${folder}: ${files.join(', ')}`,
          ...(expired === 0 ? [] : [`${count(expired, 'expired token')} left out. --include-expired includes them.`]),
          ...(notKept === 0
            ? []
            : [`Only hashes of ${count(notKept, 'token')} are stored: placeholders replace them.`]),
          ...notes,
        ],
      }),
    },
  },
};
