import type { BackupContents } from '../../preload/contract/backup.ts';
import type { Watch } from '../../preload/contract/define.ts';
import type { Chosen } from './backupChoices.ts';
import { finish } from './backupFinish.ts';
import type { Backup } from './backupParse.ts';
import { stage } from './backupStage.ts';
import type { Ports } from './ports.ts';

interface Import {
  readonly backup: Backup;
  readonly chosen: Chosen;
  /** Takes the applications that are written and not live yet; empty again when all is done. */
  readonly staged: Set<number>;
}

/**
 * Takes over what was chosen, all or nothing: first everything large, as rows of applications that count as deleted, in
 * steps; then all that shows, in one transaction. After a crash between the two the next start purges those rows. Throws
 * `conflict` when what is here was changed meanwhile, and `cancelled`.
 */
export const importBackup = async (
  ports: Ports,
  { backup, chosen, staged }: Import,
  watch: Watch,
): Promise<{ written: BackupContents; equal: number; kept: number }> => {
  const work = await ports.steps.write(stage(ports, backup, chosen.write, staged), watch);
  const written = await ports.steps.once(() => finish(ports, backup, chosen.write, work));
  staged.clear();
  return { written, equal: chosen.equal, kept: chosen.kept };
};
