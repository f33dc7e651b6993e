import type { Watch } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { badInput } from '../errors.ts';
import type { BackupRecipient } from '../ports/backupCipher.ts';
import type { Ports } from '../ports/ports.ts';

/** The import that runs, if one does: the applications it has begun to write, which no purge may take yet. */
export interface RunningImport {
  staged: ReadonlySet<number> | undefined;
}

interface Opening {
  readonly file: string;
  readonly backupPassphrase?: string | undefined;
  readonly backupIdentity?: string | undefined;
}

const recipientOf = (passphrase: string | undefined, recipients: readonly string[]): BackupRecipient => {
  if (passphrase !== undefined && recipients.length > 0) {
    throw badInput('recipients', 'A backup opens with a passphrase, or for recipients, not for both; leave one out.');
  }
  if (passphrase !== undefined) return { passphrase };
  if (recipients.length > 0) return { recipients };
  throw badInput('backupPassphrase', 'A backup needs a passphrase, or a recipient, who can open it later.');
};

/** Opens, parses and compares a backup. What it holds is in memory while the call lasts, and no longer. */
const look = async (ports: Ports, { file, backupPassphrase, backupIdentity }: Opening, watch: Watch) => {
  const { parseBackup } = await import('../backup/parse.ts');
  const { compareBackup } = await import('../backup/compare.ts');
  const silent = { ...watch, onProgress: () => undefined };
  const text = await ports.backupCipher.open(file, { passphrase: backupPassphrase, identity: backupIdentity });
  const backup = await ports.steps.read(parseBackup(text), silent);
  return { backup, compared: await ports.steps.read(compareBackup(ports, backup), silent) };
};

/** Backups out and in. Most of it is loaded with the first call: a start does not pay for it. */
export const backupHandlers = (ports: Ports, running: RunningImport): Handlers['backup'] => ({
  export: async ({ applications, tokens, backupPassphrase, recipients }, watch) => {
    const recipient = recipientOf(backupPassphrase, recipients);
    const { exportLines } = await import('../backup/export.ts');
    const { lines, contents, leftOut } = await ports.steps.read(exportLines(ports, { applications, tokens }), watch);
    return { ...(await ports.backupCipher.seal(`${lines.join('\n')}\n`, recipient)), contents, leftOut };
  },
  inspect: ({ file }) => ({ opensWith: ports.backupCipher.opensWith(file) }),
  preview: async (opening, watch) => {
    const { backup, compared } = await look(ports, opening, watch);
    const { createdAtMs, createdBy, everything, tokens } = backup.header;
    const items = compared.map(({ item, state, why }) => ({ item, state, why }));
    return { createdAtMs, createdBy, everything, tokens, contents: backup.contents, items };
  },
  import: async ({ onConflict, mine, theirs, ...opening }, watch) => {
    if (running.staged !== undefined) {
      throw new KeyfobError('conflict', 'Another import is running; wait until it is done, and look again.');
    }
    const staged = new Set<number>();
    running.staged = staged;
    try {
      const { backup, compared } = await look(ports, opening, watch);
      const { choose } = await import('../backup/choices.ts');
      const { importBackup } = await import('../backup/import.ts');
      const chosen = choose(compared, { onConflict, mine, theirs });
      return await importBackup(ports, { backup, chosen, staged }, watch);
    } finally {
      running.staged = undefined;
      // What was begun and not finished is purged like any deleted application.
      for (const applicationId of staged) ports.events.emit('applications.changed', { applicationId });
    }
  },
});
