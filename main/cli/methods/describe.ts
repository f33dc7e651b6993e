import type { DescribedChange } from '../../../preload/contract/describe.ts';
import { visible } from '../../system/visible.ts';
import { success } from '../output/report.ts';
import { count, type TopicTraits } from './traits.ts';

const marks = { create: '+', change: '~', remove: '-' } as const;

/** One line for a change, as `+ application:Shop`. */
export const changeLine = ({ action, item, why }: DescribedChange): string =>
  visible(`${marks[action]} ${item}${why === '' ? '' : `: ${why}`}`);

/** The values of the names in a keyfob.yaml, and no other part of the environment. */
export function variablesIn(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const named = [...text.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*)/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    named.flatMap((name) => (environment[name] === undefined ? [] : [[name, environment[name]] as const])),
  );
}

export const describe: TopicTraits<'describe'> = {
  summary: 'keyfob.yaml: one file that describes applications, keys, users, APIs and settings',
  group: 'core',
  methods: {
    apply: {
      examples: ['--file keyfob.yaml', '--file keyfob.yaml --diff', '--file keyfob.yaml --prune applications users'],
      file: {
        access: 'read',
        mostBytes: 6_000_000,
        tooLarge: { code: 'bad_input', limit: 'a keyfob.yaml has at most 6 MB' },
      },
      environment: ({ file }) => ({
        variables: variablesIn(Buffer.from(String(file), 'base64').toString(), process.env),
      }),
      show({ changes, unchanged, applied }) {
        const same = `${count(unchanged, 'part')} unchanged`;
        const sum = `${count(changes.length, 'change')}; ${same}.`;
        const end = applied ? success(`Applied ${sum}`) : `An apply would do ${sum}`;
        const last = changes.length === 0 ? success(`Nothing to change; ${same}.`) : end;
        return { out: [...changes.map(changeLine), last].join('\n'), notes: [] };
      },
    },
    export: {
      examples: ['--format yaml > keyfob.yaml'],
      show: ({ text, variables }) => ({
        out: text.trimEnd(),
        notes: variables.length === 0 ? [] : [`To apply it, set ${variables.join(', ')} to the secrets.`],
      }),
    },
  },
};
