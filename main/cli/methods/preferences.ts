import type { TopicTraits } from './traits.ts';

export const preferences: TopicTraits<'preferences'> = {
  summary: 'How the window looks, its shortcuts, and where it was last',
  group: 'additional',
  methods: {},
};
