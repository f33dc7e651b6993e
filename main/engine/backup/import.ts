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
  /** Takes the applications that are written and not live yet; empty again when all is done. */
  readonly staged: Set<number>;
}

/**
 * Takes over what was chosen, all or nothing: first everything large, as rows of applications that count as deleted, in
 * steps; then all that shows, in one transaction. After a crash between the two the next start purges those rows. Throws
 * `conflict` when what is here was changed meanwhile, `cancelled`, and what the endpoint says of names that are taken over.
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
  // Names are no use that the endpoint cannot answer to.
  const written = await (names === undefined ? save() : ports.endpoint.rename(names, save));
  staged.clear();
  return { written, equal: chosen.equal, kept: chosen.kept };
};
