import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { DescribedChange } from '../../../preload/contract/describe.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import { visible } from '../../system/visible.ts';
import type { Caller } from '../../transport/reply.ts';
import { success } from '../output/report.ts';
import { secretInFile } from '../secrets/secretText.ts';
import type { Row } from '../text/rows.ts';
import { newPassphrase, openingSecret } from './backup.ts';
import { count, type Secrets, type TopicTraits } from './traits.ts';

const marks = { create: '+', change: '~', remove: '-' } as const;

/** One line for a change, as `+ application:Shop`. */
export const changeLine = ({ action, item, why }: DescribedChange): string =>
  visible(`${marks[action]} ${item}${why === '' ? '' : `: ${why}`}`);

/** A secret has at most this length, so a longer file was named by mistake. */
const mostSecretBytes = 64 * 1024;

/** The content of a file that a keyfob.yaml names, without its last line end. Undefined if it cannot be read. */
function secretAt(path: string): string | undefined {
  const source = `${path}, which the keyfob.yaml names,`;
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch {
    // The apply says so, unless a comment names it.
    return undefined;
  }
  if (bytes.length > mostSecretBytes) {
    throw new KeyfobError('bad_input', `${source} has more than 64 KiB, so it is no secret. Check its path.`);
  }
  return secretInFile(bytes, source);
}

/**
 * The values of the names in a keyfob.yaml, and no other part of the environment; and the content of its files, whose
 * relative paths start at `folder`. Throws `bad_input` for a file that is empty, too large or no text.
 */
export function variablesIn(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
  folder: string,
): Record<string, string> {
  const named = [...text.matchAll(/\$\$|\$\{(?:file:(?![-?])([^}]+)\}|([A-Za-z_][A-Za-z0-9_]*))/g)];
  return Object.fromEntries(
    named.flatMap(([, path, name = '']) => {
      const value = path === undefined ? environment[name] : secretAt(resolve(folder, path));
      return value === undefined ? [] : [[path === undefined ? name : `file:${path}`, value] as const];
    }),
  );
}

/** The secret that opens a sealed keyfob.yaml. */
const openingSealed = (input: Row, call: Caller): Promise<Secrets> =>
  openingSecret(input, call).catch((error: unknown) => {
    if (error instanceof KeyfobError && error.code === 'backup_not_age') return {};
    throw error;
  });

export const describe: TopicTraits<'describe'> = {
  summary: 'keyfob.yaml: one file that describes applications, keys, users, APIs and settings',
  group: 'core',
  subjects: ['file'],
  methods: {
    apply: {
      examples: ['--file keyfob.yaml', '--file keyfob.yaml --diff', '--file keyfob.yaml --prune applications users'],
      file: {
        access: 'read',
        mostBytes: 6_000_000,
        tooLarge: { code: 'bad_input', limit: 'a keyfob.yaml has at most 6 MB' },
      },
      secrets: openingSealed,
      environment: ({ file }, { file: path }) => ({
        variables: variablesIn(Buffer.from(String(file), 'base64').toString(), process.env, dirname(String(path))),
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
      examples: [
        '--format yaml > keyfob.yaml',
        '--secrets age > keyfob.yaml.age',
        '--secrets age --recipients age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p > keyfob.yaml.age',
        '--secrets real --file secret.yaml',
      ],
      file: {
        access: 'writeText',
        holds: 'the keyfob.yaml',
        needed: ({ secrets }) =>
          secrets === 'real'
            ? '--secrets real writes secrets in clear, so name a --file: only you will be able to read it.'
            : undefined,
      },
      secrets: async (input) => (input.secrets === 'age' ? await newPassphrase(input) : {}),
      show(output) {
        const { text, variables } = output;
        // A written file replaces the text by its path.
        const { file } = output as { readonly file?: string };
        const names = variables.length === 0 ? [] : [`To apply it, set ${variables.join(', ')} to the secrets.`];
        return { out: file === undefined ? text.trimEnd() : success(`Wrote ${file}.`), notes: names };
      },
    },
  },
};
