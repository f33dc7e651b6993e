import type { TopicTraits } from './traits.ts';

export const about: TopicTraits<'about'> = {
  summary: 'Version, data folder, Node and keychain',
  group: 'additional',
  bare: 'read',
  methods: {},
};
