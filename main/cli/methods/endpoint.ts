import { pointInTime } from '../text/values.ts';
import type { TopicTraits } from './traits.ts';

export const endpoint: TopicTraits<'endpoint'> = {
  summary: 'The local token endpoint',
  group: 'core',
  bare: 'status',
  methods: {
    start: {
      ownerOnly: true,
      result: ({ tokenUrl }) => ({ done: `The endpoint is running: ${tokenUrl}` }),
    },
    stop: { result: () => ({ done: 'Stopped the endpoint.' }) },
    exportCa: {
      show: ({ pem, fingerprintSha256, endsAtMs, caFile }, { now }) => ({
        out: pem.trimEnd(),
        notes: [
          `SHA-256 ${fingerprintSha256}, expires ${pointInTime(endsAtMs, now.realMs)}; also in ${caFile}.`,
          'How to trust it: `keyfob endpoint trust`',
        ],
      }),
    },
  },
};
