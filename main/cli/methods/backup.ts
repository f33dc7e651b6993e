import { backupLimitBytes } from '../../../preload/contract/backupLimit.ts';
import type { OutputOf } from '../../../preload/contract/define.ts';
import type { MethodOf } from '../../../preload/contract/index.ts';
import type { Caller } from '../../transport/reply.ts';
import { askNewPassphrase, askSecret } from '../secrets/secrets.ts';
import { type Row, rowsText, type Shown, type ShowOptions } from '../text/rows.ts';
import { pointInTime } from '../text/values.ts';
import { count, type Secrets, type TopicTraits } from './traits.ts';

const file = {
  access: 'read',
  // Armored text takes a third more.
  mostBytes: 1.5 * backupLimitBytes,
  tooLarge: { code: 'backup_too_large', limit: 'a backup has at most 32 MiB' },
} as const;

/** The secret that opens a backup, for the way in which it was encrypted. Throws `backup_not_age` for another file. */
export async function openingSecret(input: Row, call: Caller): Promise<Secrets> {
  const { opensWith } = await call('backup.inspect', { file: String(input.file) });
  return opensWith === 'passphrase'
    ? { backupPassphrase: await askSecret('backupPassphrase') }
    : { backupIdentity: await askSecret('backupIdentity') };
}

/** A new passphrase, unless the file is for recipients. */
export async function newPassphrase({ recipients }: Row): Promise<Secrets> {
  if (Array.isArray(recipients) && recipients.length > 0) return {};
  return { backupPassphrase: await askNewPassphrase(['backupPassphrase'], 'backupPassphrase') };
}

function showPreview(output: OutputOf<MethodOf<'backup.preview'>>, options: ShowOptions): Shown {
  const view = { columns: ['item', 'state', 'why'], text: ['why'], optional: [] };
  const differing = output.items.filter(({ state }) => state !== 'equal');
  const { createdAtMs, createdBy, contents } = output;
  const created = `Created ${pointInTime(createdAtMs, options.now.realMs)} by Keyfob ${createdBy}`;
  const equal = output.items.length - differing.length;
  const summary = `${created}: ${contents.applications} applications, ${contents.tokens} tokens; ${equal} items are the same here.`;
  if (differing.length === 0) return { out: '', notes: [summary] };
  const { out, notes } = rowsText(view, differing, options);
  return { out, notes: [...notes, summary] };
}

export const backup: TopicTraits<'backup'> = {
  summary: 'Encrypted backups, and moving to another machine',
  group: 'additional',
  subjects: ['file'],
  methods: {
    export: {
      examples: [
        '--file everything.age',
        '--file shop.age --applications Shop --tokens live',
        '--file everything.age --recipients age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p',
      ],
      file: { access: 'write', holds: 'the backup' },
      secrets: newPassphrase,
      result: ({ file: path, contents }) => ({
        done: `Wrote ${path}: ${count(contents.applications, 'application')}, ${count(contents.tokens, 'token')}.`,
      }),
    },
    inspect: { examples: ['--file everything.age'], file },
    preview: { examples: ['--file everything.age'], file, secrets: openingSecret, show: showPreview },
    import: {
      examples: [
        '--file everything.age',
        '--file everything.age --on-conflict theirs --mine application:Shop --mine setting:port',
      ],
      file,
      secrets: openingSecret,
      result: ({ written, equal, kept }) => ({
        done: `Imported ${count(written.applications, 'application')} and ${count(written.tokens, 'token')}; ${equal} items were the same, ${kept} kept as they were.`,
      }),
    },
  },
};
