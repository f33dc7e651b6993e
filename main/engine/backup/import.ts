import type { BackupContents } from '../../../preload/contract/backup.ts';
import type { Watch } from '../../../preload/contract/define.ts';
import type { Ports } from '../ports/ports.ts';
import type { Chosen } from './choices.ts';
import { finish } from './finish.ts';
import type { Backup } from './parse.ts';
import { stage } from './stage.ts';

interface Import {
  readonly backup: Backup;
  readonly chosen: Chosen;
  /** Collects the ids of applications that are not live yet; empty again at the end. */
  readonly staged: Set<number>;
}

/**
 * Imports the chosen items, all or nothing. It first stages the large rows in steps, under applications that count as
 * deleted. One transaction then makes everything visible. After a crash in between, the next start purges the staged
 * rows. Throws `conflict` if existing data changed since, `cancelled`, and the endpoint's errors for imported names.
 */
export const importBackup = async (
  ports: Ports,
  { backup, chosen, staged }: Import,
  watch: Watch,
): Promise<{ written: BackupContents; equal: number; kept: number }> => {
  const work = await ports.steps.write(stage(ports, backup, chosen.write, staged), watch);
  const save = () => ports.steps.once(() => finish(ports, backup, chosen.write, work));
  const renamed = chosen.write.some(({ subject }) => subject.kind === 'setting' && subject.name === 'extraNames');
  const names = renamed ? backup.settings?.extraNames : undefined;
  // Import new names only if the endpoint can answer to them.
  const written = await (names === undefined ? save() : ports.endpoint.rename(names, save));
  staged.clear();
  return { written, equal: chosen.equal, kept: chosen.kept };
};
