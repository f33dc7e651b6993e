import type { Watch } from '../../../preload/contract/define.ts';
import { KeyfobError } from '../../../preload/contract/errors.ts';
import type { Handlers } from '../../../preload/contract/index.ts';
import { recipientOf } from '../backup/recipient.ts';
import type { Ports } from '../ports/ports.ts';

/** The applications that a running import has staged, which no purge may take; undefined while none runs. */
export interface RunningImport {
  staged: ReadonlySet<number> | undefined;
}

interface Opening {
  readonly file: string;
  readonly backupPassphrase?: string | undefined;
  readonly backupIdentity?: string | undefined;
}

/** Opens, parses and compares a backup. Its contents stay in memory only while the call runs. */
const openAndCompare = async (ports: Ports, { file, backupPassphrase, backupIdentity }: Opening, watch: Watch) => {
  const { parseBackup } = await import('../backup/parse.ts');
  const { compareBackup } = await import('../backup/compare.ts');
  const silent = { ...watch, onProgress: () => undefined };
  const text = await ports.backupCipher.open(file, { passphrase: backupPassphrase, identity: backupIdentity });
  const backup = await ports.steps.read(parseBackup(text), silent);
  return { backup, compared: await ports.steps.read(compareBackup(ports, backup), silent) };
};

/** Export and import of backups. Most code is loaded on the first call, so that the program starts faster. */
export const backupHandlers = (ports: Ports, running: RunningImport): Handlers['backup'] => ({
  export: async ({ applications, tokens, backupPassphrase, recipients }, watch) => {
    const recipient = recipientOf(backupPassphrase, recipients);
    const { exportLines } = await import('../backup/export.ts');
    const { lines, contents, leftOut } = await ports.steps.read(exportLines(ports, { applications, tokens }), watch);
    return { ...(await ports.backupCipher.seal(`${lines.join('\n')}\n`, recipient)), contents, leftOut };
  },
  inspect: ({ file }) => ({ opensWith: ports.backupCipher.opensWith(file) }),
  preview: async (opening, watch) => {
    const { backup, compared } = await openAndCompare(ports, opening, watch);
    const { createdAtMs, createdBy, everything, tokens } = backup.header;
    const items = compared.map(({ item, state, why }) => ({ item, state, why }));
    return { createdAtMs, createdBy, everything, tokens, contents: backup.contents, items };
  },
  import: async ({ onConflict, mine, theirs, ...opening }, watch) => {
    if (running.staged !== undefined) {
      throw new KeyfobError(
        'conflict',
        'Another import is running. Wait for it to finish, then check the preview again.',
      );
    }
    const staged = new Set<number>();
    running.staged = staged;
    try {
      const { backup, compared } = await openAndCompare(ports, opening, watch);
      const { choose } = await import('../backup/choices.ts');
      const { importBackup } = await import('../backup/import.ts');
      const chosen = choose(compared, { onConflict, mine, theirs });
      return await importBackup(ports, { backup, chosen, staged }, watch);
    } finally {
      running.staged = undefined;
      // The staged applications of a failed import are now purged like deleted ones.
      for (const applicationId of staged) ports.events.emit('applications.changed', { applicationId });
    }
  },
});
