import type { TopicTraits } from './traits.ts';

export const snippets: TopicTraits<'snippets'> = {
  summary: 'Generate ready-to-run curl commands',
  group: 'core',
  methods: {
    render: {
      examples: [
        '--application Shop --key-type PRODUCTION --user tester --device ipad --secrets real',
        '--application Shop --key-type PRODUCTION --call api --url https://localhost:9443/items --shell powershell',
      ],
      show: ({ text, notes }) => ({ out: text, notes }),
    },
  },
};
