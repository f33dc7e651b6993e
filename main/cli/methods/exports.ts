import { count, type TopicTraits } from './traits.ts';

export const exports: TopicTraits<'exports'> = {
  summary: 'Export device tokens as scripts, environments and collections',
  group: 'core',
  methods: {
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
          ...(notKept === 0
            ? []
            : [`Only hashes of ${count(notKept, 'token')} are stored: placeholders replace them.`]),
          ...notes,
        ],
      }),
    },
  },
};
