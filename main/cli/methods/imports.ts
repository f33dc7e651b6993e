import { success } from '../output/report.ts';
import { changeLine } from './describe.ts';
import { count, type TopicTraits } from './traits.ts';

export const imports: TopicTraits<'imports'> = {
  summary: 'Import applications and keys of API Manager, API clients and curl commands',
  group: 'core',
  subjects: ['file'],
  methods: {
    application: {
      examples: [
        'admin_Shop.zip --preview',
        'application.json --owner ann',
        'environment.json --name Shop --key-type SANDBOX --token-url https://gw.example.com:8243/token',
      ],
      file: {
        access: 'read',
        mostBytes: 6_000_000,
        tooLarge: { code: 'bad_input', limit: 'an import has at most 6 MB' },
      },
      show({ applications, changes, unchanged, applied, notes }) {
        const sum = `${count(changes.length, 'change')}, ${count(unchanged, 'part')} unchanged.`;
        const name = applications.map((one) => `"${one}"`).join(', ');
        const end = applied ? success(`Imported ${name}: ${sum}`) : `An import of ${name} would do ${sum}`;
        return { out: [...changes.map(changeLine), end].join('\n'), notes };
      },
    },
  },
};
