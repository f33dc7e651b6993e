import type { Subscription } from '../../../preload/contract/subscriptions.ts';
import type { Result, TopicTraits } from './traits.ts';

const done =
  (verb: string) =>
  ({ id, application, api, tier, state }: Subscription): Result => ({
    done: `${verb} subscription ${id} of "${application}" to "${api}" (${tier}, ${state}).`,
  });

export const subscriptions: TopicTraits<'subscriptions'> = {
  summary: 'Subscriptions: which application may call which API',
  group: 'core',
  subjects: ['subscription', 'api'],
  methods: {
    list: {
      examples: ['--application Shop', '--api echo/1.0'],
      list: {
        columns: ['id', 'application', 'api', 'tier', 'state', 'createdAtMs'],
        text: ['application'],
        optional: ['createdAtMs', 'tier'],
        empty:
          'No matching subscriptions. Create one: `keyfob subscriptions create --application <name> --api <name/version>`',
      },
    },
    create: {
      examples: ['--application Shop --api orders/1.0.0', '--application Shop --api orders --tier Gold'],
      result: done('Created'),
    },
    update: {
      examples: ['--subscription 3 --state BLOCKED', '--subscription 3 --tier Silver'],
      result: done('Updated'),
    },
    delete: { examples: ['--subscription 3'], result: done('Removed') },
  },
};
