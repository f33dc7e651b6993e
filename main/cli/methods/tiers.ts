import type { Tier } from '../../../preload/contract/tiers.ts';
import { count, type Result, type TopicTraits } from './traits.ts';

const quota = ({ limit, counts, windowLength, windowUnit }: Tier): string => {
  if (limit === null) return 'unlimited';
  return `${limit} ${counts} per ${windowLength === 1 ? windowUnit : count(windowLength, windowUnit)}`;
};

const done =
  (verb: string) =>
  (tier: Tier): Result => ({ done: `${verb} the ${tier.level} tier "${tier.name}" (${quota(tier)}).` });

export const tiers: TopicTraits<'tiers'> = {
  summary: 'Throttling tiers of applications, subscriptions, APIs and resources',
  group: 'additional',
  subjects: ['name'],
  methods: {
    list: {
      list: {
        columns: ['level', 'name', 'limit', 'counts', 'windowLength', 'windowUnit', 'burstLimit', 'builtIn'],
        text: [],
        optional: ['builtIn', 'burstLimit'],
        empty: 'No tiers.',
      },
    },
    create: {
      examples: [
        '--level subscription --name Trial --limit 3',
        '--level advanced --name Slow --limit 10 --window-unit hour',
      ],
      result: done('Created'),
    },
    update: { examples: ['--level subscription --name Trial --limit 5'], result: done('Updated') },
    delete: { examples: ['--level subscription --name Trial'], result: done('Deleted') },
    // The counters are in the memory of the process that serves the gateway.
    counters: {
      ownerOnly: true,
      list: {
        columns: ['level', 'of', 'tier', 'count', 'limit', 'counts', 'windowEndsAtMs'],
        text: ['of'],
        optional: ['counts'],
        empty: 'No requests were counted in the current windows.',
      },
    },
    resetCounters: { ownerOnly: true, result: ({ reset }) => ({ done: `Reset ${count(reset, 'counter')}.` }) },
  },
};
