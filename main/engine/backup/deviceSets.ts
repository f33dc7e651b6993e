import type { BackupLine } from '../../../preload/contract/backupFile.ts';
import type { Ports } from '../ports/ports.ts';
import type { ApplicationRow } from '../ports/store/applications.ts';
import { displayName } from '../usernames.ts';
import { sameSet, sortedJson } from './items.ts';
import type { Backup } from './parse.ts';
import type { Staged } from './stage.ts';

/** The device sets of these applications. */
export const exportDeviceSets = (
  { store }: Ports,
  applications: readonly ApplicationRow[],
): readonly BackupLine<'deviceSet'>[] =>
  applications
    .flatMap(({ id }) => store.deviceSets.ofApplication(id))
    .map(({ id: _, applicationId: application, userId: user, devices, ...rest }) => ({
      ...{ application, user, devices: [...devices] },
      ...rest,
    }));

/** Whether an application has the same device sets here as in the backup. The order of devices is part of a set. */
export const sameDeviceSets = (
  ports: Ports,
  { users, deviceSets }: Backup,
  ref: number,
  existing: ApplicationRow,
): boolean => {
  const text = (
    { user: _, application: __, createdAtMs: ___, ...line }: BackupLine<'deviceSet'>,
    username: string | undefined,
  ): string => sortedJson({ ...line, username: username?.toLowerCase() });
  const mine = exportDeviceSets(ports, [existing]).map((line) => {
    const row = line.user === null ? undefined : ports.store.users.byId(line.user);
    return text(line, row && displayName(row));
  });
  const theirs = deviceSets
    .filter(({ application }) => application === ref)
    .map((line) => text(line, line.user === null ? undefined : users.get(line.user)?.username));
  return sameSet(mine, theirs);
};

/** Writes the device sets of imported applications, and returns their number. Users that were not imported have none. */
export const writeDeviceSets = ({ store, events }: Ports, { deviceSets }: Backup, staged: Staged): number => {
  let written = 0;
  for (const { application, user, ...rest } of deviceSets) {
    const applicationId = staged.applicationOf.get(application)?.id;
    const userId = user === null ? null : staged.users.get(user)?.id;
    if (applicationId === undefined || userId === undefined) continue;
    if (userId !== null && store.users.byId(userId)?.deletedAtMs !== null) continue;
    store.deviceSets.insert({ ...rest, applicationId, userId });
    events.emit('deviceSets.changed', { applicationId });
    written += 1;
  }
  return written;
};
