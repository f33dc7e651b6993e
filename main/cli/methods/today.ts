import type { TopicTraits } from './traits.ts';

export const today: TopicTraits<'today'> = {
  summary: 'What happened lately: expired tokens, refused requests',
  group: 'additional',
  bare: 'read',
  methods: {},
};
